using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Layers;

namespace DeepGen.Generator.Losses;

/// <summary>
/// Σ over classes of q (log Σ eᶻ − z) along axis 0 of the scores z, the mean over the other axes. q is 1 at the target's class,
/// or the probabilities given; smoothing by s makes it (1 − s) q + s / c. With weights w, every term counts w of its class, and where
/// the target is a class, means are divided by Σ w of the targets, as PyTorch does.
/// </summary>
internal sealed class CrossEntropyLoss() : Loss(
    "CrossEntropy",
    Argument.Real("LabelSmoothing", 0, "at least 0 and below 1", v => v is >= 0 and < 1),
    Argument.Reals("ClassWeights", "at least 0", v => v >= 0),
    Argument.Flag("Soft", false),
    Argument.Flag("Certified", false),
    Argument.Real("Lowest", float.NegativeInfinity),
    Argument.Real("Highest", float.PositiveInfinity))
{
    /// <summary>The numbers of all classes are a table in the code.</summary>
    private const int MostClasses = 1 << 16;

    public override TargetForm? Target(LossCall call)
    {
        if (call.Sizes.Length == 0 || !call.Sizes[0].IsConstant || call.Sizes[0].Value < 2)
        {
            return call.Reject("it needs a score for each of at least two classes; for a single score there is BinaryCrossEntropy");
        }

        int classes = call.Sizes[0].Value;
        if (classes > MostClasses)
        {
            return call.Reject($"it has {classes} classes; there may be {MostClasses}");
        }

        if (call.Arguments.Has("ClassWeights") && call.Arguments.Reals("ClassWeights").Length != classes)
        {
            return call.Reject($"there are {call.Arguments.Reals("ClassWeights").Length} weights for {classes} classes", "ClassWeights");
        }

        if (call.Arguments.Has("ClassWeights") && call.Arguments.Reals("ClassWeights").All(w => w == 0))
        {
            return call.Reject("the weights of all classes are zero", "ClassWeights");
        }

        bool isCertified = call.Arguments.Flag("Certified");
        foreach (string end in new[] { "Lowest", "Highest" }.Where(call.Arguments.Has))
        {
            if (!isCertified || !(call.Arguments.Real("Lowest") < call.Arguments.Real("Highest")))
            {
                return call.Reject(isCertified ? "Lowest must be less than Highest" : $"{end} belongs to certified training", end);
            }
        }

        bool isSoft = call.Arguments.Flag("Soft");
        return isSoft && isCertified
            ? call.Reject("a worst case is known for numbers of classes only; leave Soft or Certified out", "Certified")
            : isSoft ? call.Values : new TargetForm(classes, call.Sizes.RemoveAt(0));
    }

    public override SampleLoss Of(LossCall call, Term target)
    {
        Term z = call.Output;
        int classes = z.Shape[1].Value;
        float smoothing = call.Arguments.Real("LabelSmoothing");
        bool isSoft = call.Arguments.Flag("Soft");
        Term hard = isSoft ? target : OneHot(z, target);
        Term q = smoothing == 0 ? hard : (hard * (1 - smoothing)) + (smoothing / classes);
        if (!call.Arguments.Has("ClassWeights"))
        {
            Term loss = isSoft
                ? (q * (LogSum(z).Along(z, 1) - z)).Sum(1)
                : LogSum(z) - (q * z).Sum(1);
            return new SampleLoss(loss.MeanOfSample());
        }

        Term weights = LossTerms.Table(z.Graph, call.Arguments.Reals("ClassWeights")).Over(z.Shape, 1);
        Term weighted = (q * weights * (LogSum(z).Along(z, 1) - z)).Sum(1).MeanOfSample();
        return new SampleLoss(weighted, isSoft ? null : (hard * weights).Sum(1).MeanOfSample());
    }

    /// <summary>1 at the class of each target, 0 at the others, in the shape of the scores.</summary>
    public static Term OneHot(Term z, Term target)
    {
        Term classes = LossTerms.Table(z.Graph, Enumerable.Range(0, z.Shape[1].Value).Select(c => (float)c));
        return target.Along(z, 1).EqualTo(classes.Over(z.Shape, 1));
    }

    /// <summary>
    /// log Σ eᶻ = m + log Σ eᶻ⁻ᵐ over the classes for any m. The maximum keeps the exponentials from overflowing; as it does
    /// not matter, it has no derivative.
    /// </summary>
    private static Term LogSum(Term z)
    {
        Term largest = z.Max(1).Detach();
        return largest + (z - largest.Along(z, 1)).Exp().Sum(1).Log();
    }
}
