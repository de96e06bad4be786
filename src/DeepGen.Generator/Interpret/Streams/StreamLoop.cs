using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Passes;

namespace DeepGen.Generator.Interpret.Streams;

/// <summary>
/// A loop over anything but time, such as a stack of blocks: its body is told for one moment, and what that keeps is a slab with
/// a row for each iteration.
/// </summary>
internal sealed class StreamLoop(StreamSweep around, Node node, Repeat repeat) : IStreamScope
{
    private readonly OpenLoop _loop = new();
    private readonly Dictionary<Node, Node> _operands = [];
    private readonly Dictionary<(Node, string), Node> _inputs = [];
    private readonly List<(Node Inside, Node Slab, Node? After)> _kept = [];

    public ImmutableArray<Node> Run()
    {
        var inside = new StreamSweep(around.Time, _loop.Body, this);
        var outputs = new List<GraphOutput>();
        foreach (Node carried in repeat.Body.Inputs.Take(repeat.Carried))
        {
            // In their order, also those that the body does not read.
            Input(carried, new string(StreamSweep.Now, around.Axes(carried.Shape).Length));
        }

        foreach (GraphOutput output in repeat.Body.Outputs)
        {
            outputs.Add(output with { Node = inside.Of(output.Node) });
        }

        (Node Inside, Node Slab, Node? After)[] updated = _kept.Where(k => k.After is not null).ToArray();
        outputs.AddRange(updated.Select((k, i) => new GraphOutput(FormattableString.Invariant($"kept{i}"), k.After!)));
        (Graph body, ImmutableArray<Node> inputs) = _loop.Close(outputs);
        var loop = new Repeat(
            body, repeat.Count, repeat.Carried, inputs.Count(i => OpenLoop.PartOf(i) == LoopPart.Sliced), repeat.Collected + updated.Length);
        Node made = around.Builder.Add(loop, inputs.Select(i => _operands[i]).ToArray());
        made.Label ??= node.Label;
        Node Result(int index) => around.Builder.Add(new Item(index), made);
        for (int k = 0; k < updated.Length; k++)
        {
            around.Scope.Update(updated[k].Slab, Result(repeat.Carried + repeat.Collected + k));
        }

        return Enumerable.Range(0, repeat.Carried + repeat.Collected).Select(Result).ToImmutableArray();
    }

    public Node? Input(Node input, string roles)
    {
        if (_inputs.TryGetValue((input, roles), out Node known))
        {
            return known;
        }

        int index = repeat.Body.Inputs.IndexOf(input);
        LoopPart part = index < repeat.Carried ? LoopPart.Carried : index < repeat.Carried + repeat.Sliced ? LoopPart.Sliced : LoopPart.Shared;
        if (part == LoopPart.Carried && roles.Contains(StreamSweep.SoFar))
        {
            return null;
        }

        Node operand = around.Of(node.Inputs[index], roles);
        Node inside = Add(part, ((Input)input.Op).InputName, input.Type with { Shape = around.Told(input.Shape, roles) }, operand);
        _inputs.Add((input, roles), inside);
        return inside;
    }

    public bool IsTimeless(Node input)
    {
        int index = repeat.Body.Inputs.IndexOf(input);
        return index >= repeat.Carried && around.IsTimeless(node.Inputs[index]);
    }

    public float? Later(Node input, int first, int second)
    {
        int index = repeat.Body.Inputs.IndexOf(input);
        return index < repeat.Carried + repeat.Sliced ? null : Causality.Later(node.Inputs[index], first, second, around.Scope);
    }

    public Node Keep(TensorType type, float initial, string source)
    {
        Node slab = around.Scope.Keep(type with { Shape = Shape.Of(type.Shape.Prepend(repeat.Count)) }, initial, FormattableString.Invariant($"{node.Id}/{source}"));
        Node inside = Add(LoopPart.Sliced, FormattableString.Invariant($"kept{_kept.Count}"), type, slab);
        _kept.Add((inside, slab, null));
        return inside;
    }

    public void Update(Node kept, Node after)
    {
        int index = _kept.FindIndex(k => k.Inside == kept);
        _kept[index] = _kept[index] with { After = after };
    }

    private Node Add(LoopPart part, string name, TensorType type, Node operand)
    {
        Node inside = _loop.Add(part, name, type);
        _operands.Add(inside, operand);
        return inside;
    }
}
