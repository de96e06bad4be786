using System.Collections.Immutable;
using DeepGen.Generator.Declare;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Layers;
using DeepGen.Generator.Losses;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Check;

/// <summary>
/// One loss after another, each the mean over the batch times its weight; null after a finding. Targets become inputs of the
/// graph, after those of the network, in the order in which they are asked for.
/// </summary>
internal sealed class LossWriter(NetworkSpec spec, ParameterScope scope, Journal findings, ImmutableArray<Term> outputs)
{
    private static readonly ImmutableArray<Argument> Common = ImmutableArray.Create(
        Argument.Choice("Loss", LossCatalog.All.Select(l => l.Kind).ToArray()),
        Argument.Text("Method"),
        Argument.Text("Output"),
        Argument.Real("Weight", 1, "greater than 0", v => (float)v > 0));

    /// <summary>Of losses that are known.</summary>
    private static readonly ImmutableArray<Argument> OfKnown = ImmutableArray.Create(Argument.Flag("Masked", false), Argument.Flag("OnlyNeeded", false));

    private readonly List<TargetSpec> _targets = [];
    private readonly HashSet<(string Loss, int Output)> _seen = [];

    public ImmutableArray<TargetSpec> Targets => _targets.ToImmutableArray();

    /// <summary>Whether rows of a graph that no loss needs are left out.</summary>
    public bool LeavesOut { get; private set; }

    public Term? Write(ReadingSpec reading, int index)
    {
        string place = $"{spec.Module.TypeName}/reading:Train:{index}";
        double number = reading.Arguments.FirstOrDefault(a => a.Name == "Loss")?.Numbers[0] ?? 0;
        Loss? known = reading.Method is null && number >= 0 && number < LossCatalog.All.Length ? LossCatalog.All[(int)number] : null;
        string kind = known?.Kind ?? reading.Method?.Outputs[0].Name ?? "Loss";
        ImmutableArray<Argument> own = known?.Arguments.AddRange(OfKnown) ?? ImmutableArray<Argument>.Empty;
        var arguments = new Arguments(Common.AddRange(own), reading.Arguments);
        foreach ((Argument argument, string value) in arguments.Wrong())
        {
            findings.Report(new Finding("DG0023", $"{place}/{argument.Name}", EquatableArray.Of(argument.Name, value, argument.MustBe)));
            return null;
        }

        if (Output(arguments, "Output", reading.Method is { } method && Looks(method) > 1, place) is not int output)
        {
            return null;
        }

        string name = spec.Module.Outputs[output].Name;
        foreach (string argument in arguments.Unknown())
        {
            findings.Report(new Finding("DG0030", $"{place}/{argument}", EquatableArray.Of(kind, name, $"it has no {argument}")));
            return null;
        }

        if (!_seen.Add((kind, output)))
        {
            findings.Report(new Finding("DG0030", place, EquatableArray.Of(kind, name, "it is one already")));
            return null;
        }

        if (known is not null && arguments.Flag("OnlyNeeded"))
        {
            LeavesOut = true;
            string? wrong = !arguments.Flag("Masked") ? "OnlyNeeded leaves nothing out where every sample has a target; there is Masked for those without"
                : scope.Nodes is not { IsBatch: true } ? "OnlyNeeded is for samples that are the nodes of a graph"
                : null;
            if (wrong is not null)
            {
                findings.Report(new Finding("DG0030", $"{place}/OnlyNeeded", EquatableArray.Of(kind, name, wrong)));
                return null;
            }
        }

        Term? loss = known is null ? Custom(reading.Method!, output, place) : Known(known, arguments, output, place);
        float weight = arguments.Real("Weight");
        return loss is null || weight == 1 ? loss : loss * weight;
    }

    /// <summary>The output a loss looks at, by its name; where it may be left out, the only one, or the first of all.</summary>
    private int? Output(Arguments arguments, string argument, bool looksAtAll, string place)
    {
        EquatableArray<OutputSpec> all = spec.Module.Outputs;
        string list = string.Join(", ", all.Select(o => $"'{o.Name}'"));
        if (arguments.Text(argument) is not { Length: > 0 } name)
        {
            if (all.Count == 1 || looksAtAll)
            {
                return 0;
            }

            findings.Report(new Finding("DG0028", place, EquatableArray.Of($"needs {argument}: the network has several, {list}")));
            return null;
        }

        // Elements of a tuple are written "Score" and become outputs called "score".
        string camel = char.ToLowerInvariant(name[0]) + name.Substring(1);
        int found = all.Items.ToList().FindIndex(o => o.Name == name || o.Name == camel);
        if (found < 0)
        {
            findings.Report(new Finding("DG0028", $"{place}/{argument}", EquatableArray.Of(
                $"names the output '{name}', but the network has {(all.Count == 1 ? $"only {list}" : list)}")));
        }

        return found < 0 ? null : found;
    }

    private Term? Known(Loss loss, Arguments arguments, int output, string place)
    {
        Term? other = null;
        if (arguments.Text("Other") is not null)
        {
            if (Output(arguments, "Other", false, place) is not int second)
            {
                return null;
            }

            other = outputs[second];
        }

        var call = new LossCall(loss.Kind, arguments, spec.Module.Outputs[output].Name, outputs[output], other, place);
        if (loss.Target(call) is not TargetForm form)
        {
            findings.Report(call.Finding!);
            return null;
        }

        string name = spec.Module.Outputs.Count == 1 ? "target" : $"target of '{spec.Module.Outputs[output].Name}'";
        name = _targets.Any(t => t.Name == name) ? $"{name} for {loss.Kind}" : name;
        bool isRagged = scope.Steps.IsRagged(Shape.Of(form.Sizes));
        var target = new TargetSpec(name, loss.Kind, output, form.Classes, form.Sizes.ToEquatable())
        {
            Weight = arguments.Real("Weight"),
            ClassAxis = form.ClassAxis,
            IsMasked = arguments.Flag("Masked") || isRagged,
        };
        Shape shape = Shape.Of(form.Sizes.Prepend(Size.Batch));
        var input = new Term(scope.Graph, scope.Graph.Add(new Input(spec.Module.Inputs.Count + _targets.Count, name, TensorType.Float(shape))));
        _targets.Add(target);
        input = scope.Steps.Within(input, form.Classes > 0 ? -1 : 0);
        var mask = arguments.Flag("Masked") || (isRagged && form.Classes > 0) ? new LossMask(input, form.Classes > 0) : null;
        (call.Mask, call.Steps) = (mask, scope.Steps);
        input = mask?.Target ?? input;
        Term plain = Mean(call.Loss(loss, input));
        return arguments.Has("Certified") && arguments.Flag("Certified") ? new CertifiedLoss(spec, scope, findings).Of(loss, call, input, plain, place) : plain;
    }

    /// <summary>How many outputs a loss of the class's own looks at.</summary>
    private static int Looks(ModuleSpec method) => method.Inputs.Count(i => !i.HasShape);

    private Term? Custom(ModuleSpec method, int output, string place)
    {
        string name = method.Outputs[0].Name;
        int looks = Looks(method);
        if (looks != 1 && looks != outputs.Length)
        {
            string all = outputs.Length == 1 ? "one" : ShapeWords.Number(outputs.Length);
            findings.Report(new Finding("DG0029", place, EquatableArray.Of(name, $"it looks at {looks} outputs, but the network has {all}")));
            return null;
        }

        var inputs = looks == 1 ? [outputs[output]] : outputs.ToList<Term?>();
        for (int i = looks; i < method.Inputs.Count; i++)
        {
            InputSpec input = method.Inputs[i];
            if (input.Sizes.Except(spec.Module.Inputs.SelectMany(n => n.Sizes)).FirstOrDefault(s => s.IsOpen) is { Symbol: { } unknown })
            {
                findings.Report(new Finding("DG0029", place, EquatableArray.Of(name, $"the size '{unknown}' of its target '{input.Name}' is that of no input")));
                return null;
            }

            inputs.Add(Elaborator.Input(method, i, spec.Module.Inputs.Count + _targets.Count, scope.Graph, findings));
            _targets.Add(new TargetSpec(input.Name, name, output, 0, input.Sizes.ToEquatable()));
        }

        var instance = new ModuleInstance(method, char.ToLowerInvariant(name[0]) + name.Substring(1));
        return new ModuleWalk(findings, scope, instance, depth: 0).Run(inputs.ToImmutableArray())[0] is Term value
            ? Mean(scope.Steps.IsRagged(value.Shape) ? new SampleLoss(scope.Steps.Within(value).SumOfSample(), scope.Steps.Within(value.Filled(1)).SumOfSample()) : new SampleLoss(value.MeanOfSample()))
            : null;
    }

    /// <summary>Σ value / B, or Σ value / Σ weight: sums over the batch alone.</summary>
    public static Term Mean(SampleLoss loss) => loss.Value.Sum(0) / (loss.Weight is Term weight ? weight.Sum(0) : loss.Value.Extent(0));
}
