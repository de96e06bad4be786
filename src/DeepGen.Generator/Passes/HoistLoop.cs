using System.Collections.Immutable;
using System.Globalization;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Passes;

/// <summary>
/// A loop's body. Its Prepare half is a loop without carried values that collects what its Main half then slices. A value of
/// an outer scope enters either half as a shared operand.
/// </summary>
internal sealed class HoistLoop : HoistScope
{
    private readonly HoistScope _outer;
    private readonly Repeat _repeat;
    private readonly OpenLoop _main = new();
    private readonly OpenLoop _prepare = new();

    /// <summary>The Prepare half's sliced inputs and the stacks they are slices of.</summary>
    private readonly Dictionary<Node, Prepared> _slices = [];

    /// <summary>The Prepare half's shared inputs and what they stand for, both ways.</summary>
    private readonly Dictionary<Prepared, Node> _imports = [];
    private readonly Dictionary<Node, Prepared> _origins = [];

    /// <summary>The operands of the Main half's inputs; of collected values they exist at the end only.</summary>
    private readonly Dictionary<Node, Func<Node>> _operands = [];
    private readonly Dictionary<Node, Node> _read = [];
    private readonly Dictionary<Node, Node> _exported = [];
    private readonly List<Node> _collected = [];
    private ImmutableArray<Prepared> _stacks = ImmutableArray<Prepared>.Empty;

    public HoistLoop(HoistScope outer, Repeat repeat, ImmutableArray<Node> operands)
        : base(outer)
    {
        (_outer, _repeat, Main, PrepareBuilder) = (outer, repeat, _main.Body, _prepare.Body);
        for (int j = 0; j < operands.Length; j++)
        {
            DefineInput(j, repeat.Body.Inputs[j], operands[j]);
        }
    }

    /// <summary>Builds the loops of both halves and returns Main's.</summary>
    public Node Close()
    {
        GraphOutput[] outputs = _repeat.Body.Outputs.Select(o => new GraphOutput(o.Name, MainOf(o.Node))).ToArray();
        _stacks = Collect();
        (Graph body, ImmutableArray<Node> inputs) = _main.Close(outputs);
        Repeat loop = _repeat with { Body = body, Sliced = inputs.Count(i => OpenLoop.PartOf(i) == LoopPart.Sliced) };
        return _outer.Main.Add(loop, inputs.Select(i => _operands[i]()).ToImmutableArray());
    }

    /// <summary>What is done to every slice of a stack by itself is done to the stack, which needs no loop then.</summary>
    public override Prepared PrepareIn(Primitive op, ImmutableArray<Prepared> operands)
    {
        if (operands.Length != 1 || !_slices.TryGetValue(operands[0].Node, out Prepared stack) || OfStack(op, _repeat.Count) is not { } whole)
        {
            return base.PrepareIn(op, operands);
        }

        Node node = operands[0].Node;
        Node slice = _prepare.Add(LoopPart.Sliced, ((Input)node.Op).InputName, op.Infer(node.Types)[0]);
        _slices.Add(slice, _outer.PrepareIn(whole, ImmutableArray.Create(stack)));
        return new Prepared(this, slice);
    }

    private static Primitive? OfStack(Primitive op, Size count) => op switch
    {
        Elementwise => op,
        Transpose transpose => new Transpose(transpose.Permutation.Select(a => a + 1).Prepend(0).ToEquatable()),
        Reshape reshape => new Reshape(Shape.Of(reshape.Target.Sizes.Prepend(count))),
        _ => null,
    };

    protected override Prepared Origin(Prepared value) => _origins.TryGetValue(value.Node, out Prepared origin) ? origin : value;

    protected override Node Export(Node node)
    {
        if (!_exported.TryGetValue(node, out Node input))
        {
            if (_slices.TryGetValue(node, out Prepared stack))
            {
                input = Input(LoopPart.Sliced, ((Input)node.Op).InputName, node.Type, () => _outer.Read(stack));
            }
            else
            {
                int k = _collected.Count;
                _collected.Add(node);
                input = Input(LoopPart.Sliced, "prepared" + k.ToString(CultureInfo.InvariantCulture), node.Type, () => _outer.Read(_stacks[k]));
            }

            _exported.Add(node, Labels.Keep(node, input));
        }

        return input;
    }

    protected override Node ReadFromOutside(Prepared value)
    {
        Node operand = _outer.Read(value);
        if (!_read.TryGetValue(operand, out Node input))
        {
            string name = "shared" + _read.Count.ToString(CultureInfo.InvariantCulture);
            _read.Add(operand, input = Labels.Keep(operand, Input(LoopPart.Shared, name, operand.Type, () => operand)));
        }

        return input;
    }

    protected override Node ImportFromOutside(Prepared value)
    {
        if (!_imports.TryGetValue(value, out Node input))
        {
            string name = "shared" + _imports.Count.ToString(CultureInfo.InvariantCulture);
            input = _prepare.Add(LoopPart.Shared, name, value.Node.Type);
            _imports.Add(value, input);
            _origins.Add(input, value);
        }

        return input;
    }

    private void DefineInput(int j, Node old, Node operand)
    {
        var op = (Input)old.Op;
        LoopPart part = j < _repeat.Carried ? LoopPart.Carried : j < _repeat.Carried + _repeat.Sliced ? LoopPart.Sliced : LoopPart.Shared;
        if (part == LoopPart.Carried || !_outer.IsPrepared(operand))
        {
            Define(old, Input(part, op.InputName, op.InputType, () => _outer.MainOf(operand)));
        }
        else if (part == LoopPart.Shared)
        {
            Define(old, _outer.PreparedOf(operand));
        }
        else
        {
            Node slice = _prepare.Add(LoopPart.Sliced, op.InputName, op.InputType);
            _slices.Add(slice, _outer.PreparedOf(operand));
            Define(old, new Prepared(this, Labels.Keep(old, slice)));
        }
    }

    private Node Input(LoopPart part, string name, TensorType type, Func<Node> operand)
    {
        Node input = _main.Add(part, name, type);
        _operands.Add(input, operand);
        return input;
    }

    /// <summary>The Prepare half as a loop in the outermost scope that has its operands; its results stand there as stacks.</summary>
    private ImmutableArray<Prepared> Collect()
    {
        if (_collected.Count == 0)
        {
            return ImmutableArray<Prepared>.Empty;
        }

        (Graph body, ImmutableArray<Node> inputs) = _prepare.Close(
            _collected.Select((n, k) => new GraphOutput("prepared" + k.ToString(CultureInfo.InvariantCulture), n)));
        var loop = new Repeat(body, _repeat.Count, 0, inputs.Count(_slices.ContainsKey), _collected.Count);
        var operands = inputs.Select(i => _slices.TryGetValue(i, out Prepared stack) ? stack : _origins[i]).ToImmutableArray();
        Prepared repeat = _outer.PrepareIn(loop, operands);
        return _collected.Select((_, k) => _outer.PrepareIn(new Item(k), ImmutableArray.Create(repeat))).ToImmutableArray();
    }
}
