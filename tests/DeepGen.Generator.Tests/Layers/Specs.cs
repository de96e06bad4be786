using DeepGen.Generator.Declare;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Tests.Layers;

/// <summary>Declarations written by hand: what the reader of attributes would make of a class.</summary>
internal static class Specs
{
    public static LayerSpec Layer(string kind, params (string Name, double Value)[] arguments) =>
        new(kind, arguments.Select(a => Argument(a.Name, a.Value)).ToEquatable(), null);

    public static LayerSpec ListLayer(string kind, string name, params int[] values) =>
        new(kind, EquatableArray.Of(Argument(name, values.Select(v => (double)v).ToArray())), null);

    public static ArgumentSpec Argument(string name, params double[] values) => new(name, values.ToEquatable(), null);

    public static LayerSpec Stack(ModuleSpec block, int count) =>
        new("Stack", EquatableArray.Of(Argument("Count", count)), block);

    public static LayerSpec Use(ModuleSpec block) => new("Use", EquatableArray<ArgumentSpec>.Empty, block);

    /// <summary>A class whose layers are attributes.</summary>
    public static NetworkSpec Network(int[] shape, params LayerSpec[] layers) => Network(shape, InputLayout.Chw, layers);

    public static NetworkSpec Network(int[] shape, InputLayout layout, params LayerSpec[] layers) =>
        Network(Sequence("Net", new InputSpec("input", true, shape.ToEquatable(), layout), false, layers));

    public static NetworkSpec Network(ModuleSpec module, params string[] readings) => new(
        "Tests",
        "Net",
        "public",
        true,
        module,
        readings.Select(r => new ReadingSpec(r, EquatableArray<ArgumentSpec>.Empty)).ToEquatable(),
        EquatableArray<LayerMethodSpec>.Empty);

    public static ModuleSpec Block(string name, params LayerSpec[] layers) =>
        Sequence(name, new InputSpec("x", false, EquatableArray<int>.Empty, InputLayout.Chw), false, layers);

    public static ModuleSpec Residual(string name, params LayerSpec[] layers) =>
        Sequence(name, new InputSpec("x", false, EquatableArray<int>.Empty, InputLayout.Chw), true, layers);

    private static ModuleSpec Sequence(string name, InputSpec input, bool residual, LayerSpec[] layers)
    {
        var module = new ModuleWriter(name);
        int first = module.Input(input);
        int last = first;
        for (int i = 0; i < layers.Length; i++)
        {
            last = module.Call(module.Member(FormattableString.Invariant($"{i}"), layers[i]), last);
        }

        module.Output("output", residual ? module.Op("Residual", last, first) : last);
        return module.Build();
    }
}

/// <summary>Writes a module step by step, as a Forward method would.</summary>
internal sealed class ModuleWriter(string name)
{
    private readonly List<InputSpec> _inputs = [];
    private readonly List<MemberSpec> _members = [];
    private readonly List<StepSpec> _steps = [];
    private readonly List<OutputSpec> _outputs = [];

    public int Input(InputSpec input)
    {
        _inputs.Add(input);
        return Step(StepKind.Input, _inputs.Count - 1, "", 0, [], [], null);
    }

    public int Input(string inputName, params int[] shape) => Input(new InputSpec(inputName, true, shape.ToEquatable(), InputLayout.Chw));

    /// <summary>The input of a block, whose shape is its caller's.</summary>
    public int Open(string inputName) => Input(new InputSpec(inputName, false, EquatableArray<int>.Empty, InputLayout.Chw));

    public int Member(string path, LayerSpec layer)
    {
        _members.Add(new MemberSpec(path, layer));
        return _members.Count - 1;
    }

    public int Call(int member, params int[] operands) => Step(StepKind.Call, member, "", 0, operands, [], null);

    /// <summary>What a call gives beside its first result.</summary>
    public int[] Results(int call, int count)
    {
        _steps[call] = _steps[call] with { Results = count };
        return [.. Enumerable.Range(1, count - 1).Select(k => Step(StepKind.Result, k, "", 0, [call], [], null))];
    }

    public int Constant(double value) => Step(StepKind.Constant, 0, "", value, [], [], null);

    public int Op(string op, params int[] operands) => Step(StepKind.Op, 0, op, 0, operands, [], null);

    public int Op(string op, int operand, params (string Name, double Value)[] arguments) =>
        Step(StepKind.Op, 0, op, 0, [operand], arguments.Select(a => Specs.Argument(a.Name, a.Value)), null);

    public int Step(StepKind kind, int index, string op, double value, int[] operands, IEnumerable<ArgumentSpec> arguments, string? label)
    {
        _steps.Add(new StepSpec(kind, index, op, value, operands.ToEquatable(), arguments.ToEquatable(), label));
        return _steps.Count - 1;
    }

    /// <summary>Gives the latest step the name of a local.</summary>
    public ModuleWriter Named(string label)
    {
        _steps[^1] = _steps[^1] with { Label = label };
        return this;
    }

    public ModuleWriter Output(string outputName, int step)
    {
        _outputs.Add(new OutputSpec(outputName, step));
        return this;
    }

    public ModuleSpec Build() =>
        new(name, _inputs.ToEquatable(), _members.ToEquatable(), _steps.ToEquatable(), _outputs.ToEquatable());

    public NetworkSpec Network(params string[] readings) => Specs.Network(Build(), readings);
}
