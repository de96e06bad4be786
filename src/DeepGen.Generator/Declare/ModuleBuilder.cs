using System.Collections.Immutable;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Declare;

/// <summary>Collects a module's inputs, members and steps, and notes the place of each under its key.</summary>
internal sealed class ModuleBuilder(string typeName, Action<string, Place> note)
{
    private readonly List<InputSpec> _inputs = [];
    private readonly List<(string Path, PlacedAttribute Attribute, ModuleSpec? Block)> _members = [];
    private readonly List<StepSpec> _steps = [];

    public int StepCount => _steps.Count;

    public bool Computes => _steps.Any(s => s.Kind is StepKind.Call or StepKind.Op);

    public int Input(InputSpec input, PlacedAttribute? attribute, Place place)
    {
        string key = $"{typeName}/input:{_inputs.Count}";
        note(key, attribute?.Place ?? place);
        NoteArguments(key, attribute?.Arguments ?? ImmutableArray<PlacedArgument>.Empty);
        _inputs.Add(input);
        return Add(new StepSpec(StepKind.Input, _inputs.Count - 1, input.Name, 0, None, NoArguments, null), place);
    }

    public int Member(string path, PlacedAttribute attribute, ModuleSpec? block)
    {
        _members.Add((path, attribute, block));
        return _members.Count - 1;
    }

    public Place MemberPlace(int member) => _members[member].Attribute.Place;

    public int Call(int member, ImmutableArray<int> operands, string? label, Place place, params Place[] operandPlaces) => Add(
        new StepSpec(StepKind.Call, member, _members[member].Path, 0, new(operands), NoArguments, label),
        place,
        operandPlaces);

    /// <summary>What a call gives, as so many tensors.</summary>
    public ImmutableArray<int> Results(int call, int count, Place place)
    {
        _steps[call] = _steps[call] with { Results = count };
        return Enumerable.Range(0, count)
            .Select(k => k == 0 ? call : Add(new StepSpec(StepKind.Result, k, "", 0, new(ImmutableArray.Create(call)), NoArguments, null), place))
            .ToImmutableArray();
    }

    public int Constant(double value, Place place) =>
        Add(new StepSpec(StepKind.Constant, 0, "", value, None, NoArguments, null), place);

    public int Op(
        string name,
        ImmutableArray<int> operands,
        Place place,
        ImmutableArray<Place> operandPlaces,
        ImmutableArray<PlacedArgument> arguments)
    {
        NoteArguments($"{typeName}/step:{_steps.Count}", arguments);
        var specs = arguments.Select(a => a.Spec).ToEquatable();
        return Add(new StepSpec(StepKind.Op, 0, name, 0, new(operands), specs, null), place, operandPlaces.ToArray());
    }

    /// <summary>Names a computed value after the local it went to, unless it has a name.</summary>
    public void Label(int step, string label)
    {
        if (_steps[step] is { Label: null, Kind: StepKind.Call or StepKind.Result or StepKind.Op } unnamed)
        {
            _steps[step] = unnamed with { Label = label };
        }
    }

    /// <summary>The module with the members that are called, in the order they were added: the shapes of others are unknown.</summary>
    public ModuleSpec Build(IEnumerable<OutputSpec> outputs)
    {
        var called = new HashSet<int>(_steps.Where(s => s.Kind == StepKind.Call).Select(s => s.Index));
        var numbers = new Dictionary<int, int>();
        var members = new List<MemberSpec>();
        for (int i = 0; i < _members.Count; i++)
        {
            if (called.Contains(i))
            {
                numbers.Add(i, members.Count);
                members.Add(Placed(_members[i], $"{typeName}/member:{members.Count}"));
            }
        }

        var steps = _steps.Select(s => s.Kind == StepKind.Call ? s with { Index = numbers[s.Index] } : s);
        return new(typeName, _inputs.ToEquatable(), members.ToEquatable(), steps.ToEquatable(), outputs.ToEquatable());
    }

    private MemberSpec Placed((string Path, PlacedAttribute Attribute, ModuleSpec? Block) member, string key)
    {
        note(key, member.Attribute.Place);
        NoteArguments(key, member.Attribute.Arguments);
        var arguments = member.Attribute.Arguments.Select(a => a.Spec).ToEquatable();
        return new MemberSpec(member.Path, new LayerSpec(member.Attribute.Kind, arguments, member.Block));
    }

    private static EquatableArray<int> None => EquatableArray<int>.Empty;

    private static EquatableArray<ArgumentSpec> NoArguments => EquatableArray<ArgumentSpec>.Empty;

    private int Add(StepSpec step, Place place, params Place[] operandPlaces)
    {
        string key = $"{typeName}/step:{_steps.Count}";
        note(key, place);
        for (int k = 0; k < operandPlaces.Length; k++)
        {
            note($"{key}/operand:{k}", operandPlaces[k]);
        }

        _steps.Add(step);
        return _steps.Count - 1;
    }

    private void NoteArguments(string key, ImmutableArray<PlacedArgument> arguments)
    {
        foreach (PlacedArgument argument in arguments)
        {
            note($"{key}/{argument.Spec.Name}", argument.Place);
        }
    }
}
