using System.Collections.Immutable;
using DeepGen.Generator.Check;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Layers;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Losses;

/// <summary>One loss at work: what it looks at, and where it says what is wrong. Only the first finding counts.</summary>
internal sealed class LossCall(string kind, Arguments arguments, string outputName, Term output, Term? other, string place)
{
    public Arguments Arguments { get; } = arguments;

    /// <summary>The output, samples first.</summary>
    public Term Output { get; } = output;

    /// <summary>The output to be compared with, if one was named.</summary>
    public Term? Other { get; } = other;

    /// <summary>Which targets are there, if some may be missing.</summary>
    public LossMask? Mask { get; set; }

    /// <summary>How many steps each sample has.</summary>
    public StepScope? Steps { get; set; }

    public Finding? Finding { get; private set; }

    public ImmutableArray<Size> Sizes { get; } = output.Sample.Sizes;

    /// <summary>The same loss of another value in the output's place.</summary>
    public LossCall With(Term output) => new(kind, Arguments, outputName, output, Other, place) { Mask = Mask, Steps = Steps };

    /// <summary>The mean of a sample's places. Where samples have steps of their own every step counts the same, in whatever sample.</summary>
    public SampleLoss Mean(Term places) => Steps?.IsRagged(places.Shape) == true
        ? new(Steps.Within(places).SumOfSample(), Steps.Within(places.Filled(1)).SumOfSample())
        : new(places.MeanOfSample());

    /// <summary>The loss of each sample, those without a target left out.</summary>
    public SampleLoss Loss(Loss loss, Term target)
    {
        SampleLoss all = loss.Of(this, target);
        return Mask is null or { IsByPlace: true } ? all : Mask.Of(all);
    }

    /// <summary>Says that the loss does not fit, at one of its arguments or at its attribute. Always null, to be returned.</summary>
    public TargetForm? Reject(string reason, string argument = "")
    {
        string at = argument.Length == 0 ? place : place + "/" + argument;
        Finding ??= new Finding("DG0030", at, EquatableArray.Of(kind, outputName, reason));
        return null;
    }

    public TargetForm Values => new(0, Sizes);
}

internal static class LossTerms
{
    /// <summary>The mean of each sample's values, in one number.</summary>
    public static Term MeanOfSample(this Term x) => x.Mean(Enumerable.Range(1, x.Shape.Rank - 1).ToArray());

    public static Term SumOfSample(this Term x) => x.Sum(Enumerable.Range(1, x.Shape.Rank - 1).ToArray());

    public static Term Detach(this Term x) => x.Apply(new Detach());

    public static Term Abs(this Term x) => x.Apply(new Abs());

    /// <summary>1 where they are equal, else 0.</summary>
    public static Term EqualTo(this Term x, Term y) => x.Apply(new Compare(Comparison.Equal), y);

    public static Term Table(GraphBuilder graph, IEnumerable<float> values)
    {
        var row = values.ToImmutableArray();
        return new(graph, graph.Add(new Constant(Shape.Of(row.Length), new(row))));
    }
}
