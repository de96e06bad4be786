using System.Collections.Immutable;
using DeepGen.Generator.Declare;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Layers;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Check;

/// <summary>
/// Computes a module's steps in order. A step whose operand is missing, because of an earlier finding, is left out
/// silently: one mistake gives one finding.
/// </summary>
internal sealed class ModuleWalk(Journal journal, ParameterScope scope, ModuleInstance module, int depth)
{
    private readonly string _place = module.Spec.TypeName;
    private readonly List<Term?> _values = [];
    private readonly Dictionary<int, ImmutableArray<Term>> _others = [];

    public ImmutableArray<Term?> Run(ImmutableArray<Term?> inputs)
    {
        Dictionary<int, Arguments> arguments = CheckedMemberArguments();
        for (int i = 0; i < module.Spec.Steps.Count; i++)
        {
            StepSpec step = module.Spec.Steps[i];
            _values.Add(journal.Advance(_place, depth) ? Value(step, i, inputs, arguments) : null);
        }

        return module.Spec.Outputs.Select(o => _values[o.Step]).ToImmutableArray();
    }

    /// <summary>The arguments of the members that are well declared, be they called or not.</summary>
    private Dictionary<int, Arguments> CheckedMemberArguments()
    {
        var result = new Dictionary<int, Arguments>();
        for (int i = 0; i < module.Members.Length; i++)
        {
            LayerSpec spec = module.Members[i].Spec.Layer;
            if (LayerCatalog.Find(spec.Kind) is Layer layer
                && Checked(layer, spec.Arguments, $"{_place}/member:{i}") is Arguments arguments)
            {
                result.Add(i, arguments);
            }
        }

        return result;
    }

    private Arguments? Checked(Layer layer, IEnumerable<ArgumentSpec> written, string place)
    {
        var arguments = new Arguments(layer.Arguments, written);
        bool isRight = true;
        foreach ((Argument argument, string value) in arguments.Wrong())
        {
            isRight = false;
            string[] words = argument.FindingId switch
            {
                "DG0005" => [argument.Name, value],
                "DG0022" => [layer.Kind, $"{value} is not {argument.MustBe}"],
                _ => [argument.Name, value, argument.MustBe],
            };
            journal.Report(new Finding(argument.FindingId, place + "/" + argument.Name, words.ToEquatable()));
        }

        return isRight ? arguments : null;
    }

    private Term? Value(StepSpec step, int index, ImmutableArray<Term?> inputs, Dictionary<int, Arguments> arguments)
    {
        string place = $"{_place}/step:{index}";
        switch (step.Kind)
        {
            case StepKind.Input:
                return step.Index < inputs.Length ? inputs[step.Index] : null;
            case StepKind.Constant:
                return Constant(step.Value, place);
            case StepKind.Result:
                Term? result = _others.TryGetValue(step.Operands[0], out ImmutableArray<Term> others) ? others[step.Index - 1] : null;
                if (result is not null && step.Label is not null)
                {
                    journal.Label(result, Below(step.Label));
                }

                return result;
            case StepKind.Call:
                MemberInstance member = module.Members[step.Index];
                return arguments.TryGetValue(step.Index, out Arguments known)
                    ? Apply(LayerCatalog.Find(member.Spec.Layer.Kind)!, known, step, member, new LayerPlace(place, $"{_place}/member:{step.Index}"))
                    : null;
            default:
                return LayerCatalog.Find(step.Name) is Layer layer && Checked(layer, step.Arguments, place) is Arguments written
                    ? Apply(layer, written, step, null, new LayerPlace(place, place))
                    : null;
        }
    }

    private Term? Constant(double value, string place)
    {
        float number = (float)value;
        if (float.IsNaN(number) || float.IsInfinity(number))
        {
            journal.Report(new Finding("DG0023", place, EquatableArray.Of("the constant", ShapeWords.Number(value), "a finite number")));
            return null;
        }

        // A constant is a number of every sample, so that all values of Forward are of one kind.
        return Term.Constant(scope.Graph, number).Over(Shape.Of(Size.Batch));
    }

    private Term? Apply(Layer layer, Arguments arguments, StepSpec step, MemberInstance? member, LayerPlace place)
    {
        ImmutableArray<Term?> operands = step.Operands.Select(o => _values[o]).ToImmutableArray();
        if (operands.Any(o => o is null) || (operands.IsEmpty && layer.Operands != 0))
        {
            return null;
        }

        if ((layer.Operands ?? operands.Length) != operands.Length)
        {
            string[] words = [layer.Kind, Tensors(layer.Operands!.Value), Tensors(operands.Length)];
            journal.Report(new Finding("DG0016", place.Step, words.ToEquatable()));
            return null;
        }

        if (step.Results != 1 && step.Results != layer.Results)
        {
            string gives = layer.Results == 1 ? Tensors(1) : $"{Tensors(1)}, or {ShapeWords.Number(layer.Results)}";
            journal.Report(new Finding("DG0017", place.Arguments, EquatableArray.Of($"{layer.Kind} gives {gives}, and not {ShapeWords.Number(step.Results)}")));
            return null;
        }

        if (!layer.TakesSparse && operands.FirstOrDefault(o => o!.Node.Type.IsSparse) is Term sparse)
        {
            journal.Report(new Finding("DG0016", place.Step, EquatableArray.Of(layer.Kind, "values one by one", $"sparse {ShapeWords.Of(sparse.Sample)}")));
            return null;
        }

        string? Activation() => member is null ? null : NextActivation.After(module.Spec, member.Spec);
        var call = new LayerCall(layer, arguments, operands.Select(o => o!).ToImmutableArray(), step.Results, scope, member, module, place, Block, Activation);
        bool isFirst = member is { FirstInput: "" };
        if (isFirst)
        {
            member!.FirstInput = call.Operands.IsEmpty ? "nothing" : ShapeWords.Of(call.X.Sample);
        }

        int row = journal.RowCount;
        Term? value = !layer.ReadsIds && call.Operands.Any(o => o.Node.Type.Element == ElementType.Int32)
            ? call.Report("DG0016", layer.Kind, "numbers", "the ids that an Embedding reads")
            : Apply(layer, call);
        if (call.Finding is Finding finding)
        {
            journal.Report(finding);
            return null;
        }

        if (value is not null)
        {
            _others[_values.Count] = call.Others;
            string name = member?.Path ?? (step.Label is null ? module.Path : Below(step.Label));
            journal.Label(value, step.Label is null ? member?.Path ?? Below(layer.Kind) : Below(step.Label));
            journal.Insert(row, Row(layer, call, value, name, isFirst ? member!.TrainableLength : 0));
        }

        return value;
    }

    /// <summary>
    /// A layer whose formula cannot be written for a size known at run time only is found out by its primitives, which say so.
    /// </summary>
    private static Term? Apply(Layer layer, LayerCall call)
    {
        if (call.Operands.SelectMany(o => o.Shape).FirstOrDefault(s => s.IsOpen) is not { Symbol: { } symbol })
        {
            return layer.Apply(call);
        }

        try
        {
            return layer.Apply(call);
        }
        catch (IrException)
        {
            return call.Report("DG0032", layer.Kind, ShapeWords.Of(call.X.Sample), symbol);
        }
    }

    private static string Tensors(int count) => count == 0 ? "nothing" : count == 1 ? "one tensor" : $"{ShapeWords.Number(count)} tensors";

    private Term? Block(MemberInstance member, ParameterScope inside, ImmutableArray<Term> inputs)
    {
        // A type that is no block has been reported where it was read.
        if (member.Spec.Layer.Block is not ModuleSpec spec)
        {
            return null;
        }

        ModuleInstance block = member.Block(spec, repeated: inside != scope);
        ImmutableArray<Term?> outputs = new ModuleWalk(journal, inside, block, depth + 1).Run(inputs.Select(i => (Term?)i).ToImmutableArray());
        return outputs.Length == 1 ? outputs[0] : null;
    }

    private SummaryRow Row(Layer layer, LayerCall call, Term value, string name, long parameters) => new(
        name,
        layer.Title(call),
        "[" + string.Join(", ", value.Sample) + "]",
        parameters,
        Saturating.Product(value.SampleLength, call.FlopsPerValue, scope.Copies));

    private string Below(string name) => module.Path.Length == 0 ? name : module.Path + "." + name;
}
