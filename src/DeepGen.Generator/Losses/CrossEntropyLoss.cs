using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Layers;

namespace DeepGen.Generator.Losses;

/// <summary>
/// Σ over classes of q (log Σ eᶻ − z) along an axis of the scores z, the first unless said otherwise, the mean over the other axes. q is 1 at the target's class,
/// or the probabilities given; smoothing by s makes it (1 − s) q + s / c. With weights w, every term counts w of its class, and where
/// the target is a class, means are divided by Σ w of the targets, as PyTorch does.
/// </summary>
internal sealed class CrossEntropyLoss() : Loss(
    "CrossEntropy",
    Argument.Real("LabelSmoothing", 0, "at least 0 and below 1", v => v is >= 0 and < 1),
    Argument.Reals("ClassWeights", "at least 0", v => v >= 0),
    Argument.Flag("Soft", false),
    Argument.Axis("ClassAxis"),
    Argument.Flag("Certified", false),
    Argument.Real("Lowest", float.NegativeInfinity),
    Argument.Real("Highest", float.PositiveInfinity))
{
    /// <summary>The numbers of all classes are a table in the code.</summary>
    private const int MostClasses = 1 << 16;

    public override TargetForm? Target(LossCall call)
    {
        int rank = call.Sizes.Length;
        int written = call.Arguments.Whole("ClassAxis");
        if (rank > 0 && (written < -rank || written >= rank))
        {
            return call.Reject($"the output has no axis {written}", "ClassAxis");
        }

        int axis = rank == 0 ? 0 : Axis(call) - 1;
        if (rank == 0 || !call.Sizes[axis].IsConstant || call.Sizes[axis].Value < 2)
        {
            return call.Reject("it needs a score for each of at least two classes; for a single score there is BinaryCrossEntropy");
        }

        int classes = call.Sizes[axis].Value;
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

        if (isCertified && axis > 0)
        {
            return call.Reject("a worst case is known for classes along the first axis only", "ClassAxis");
        }

        bool isSoft = call.Arguments.Flag("Soft");
        return isSoft && isCertified
            ? call.Reject("a worst case is known for numbers of classes only; leave Soft or Certified out", "Certified")
            : isSoft ? call.Values with { ClassAxis = axis } : new TargetForm(classes, call.Sizes.RemoveAt(axis), axis);
    }

    public override SampleLoss Of(LossCall call, Term target)
    {
        Term z = call.Output;
        int axis = Axis(call);
        int classes = z.Shape[axis].Value;
        float smoothing = call.Arguments.Real("LabelSmoothing");
        bool isSoft = call.Arguments.Flag("Soft");
        Term hard = isSoft ? target : OneHot(z, target, axis);
        Term q = smoothing == 0 ? hard : (hard * (1 - smoothing)) + (smoothing / classes);
        if (!call.Arguments.Has("ClassWeights"))
        {
            Term loss = isSoft
                ? (q * (LogSum(z, axis).Along(z, axis) - z)).Sum(axis)
                : LogSum(z, axis) - (q * z).Sum(axis);
            return isSoft || call.Mask is null ? new SampleLoss(loss.MeanOfSample()) : call.Mask.OfPlaces(loss, null);
        }

        Term weights = LossTerms.Table(z.Graph, call.Arguments.Reals("ClassWeights")).Over(z.Shape, axis);
        Term weighted = (q * weights * (LogSum(z, axis).Along(z, axis) - z)).Sum(axis);
        Term? weight = isSoft ? null : (hard * weights).Sum(axis);
        return isSoft ? call.Mean(weighted) : call.Mask is null
            ? new SampleLoss(weighted.MeanOfSample(), weight?.MeanOfSample())
            : call.Mask.OfPlaces(weighted, weight);
    }

    /// <summary>1 at the class of each target, 0 at the others, in the shape of the scores.</summary>
    public static Term OneHot(Term z, Term target, int axis = 1) => target.Along(z, axis).EqualTo(z.Positions(axis));

    /// <summary>The axis of the classes, the batch counted.</summary>
    private static int Axis(LossCall call)
    {
        int axis = call.Arguments.Whole("ClassAxis");
        return 1 + (axis < 0 ? axis + call.Sizes.Length : axis);
    }

    /// <summary>
    /// log Σ eᶻ = m + log Σ eᶻ⁻ᵐ over the classes for any m. The maximum keeps the exponentials from overflowing; as it does
    /// not matter, it has no derivative.
    /// </summary>
    private static Term LogSum(Term z, int axis)
    {
        Term largest = z.Max(axis).Detach();
        return largest + (z - largest.Along(z, axis)).Exp().Sum(axis).Log();
    }
}
