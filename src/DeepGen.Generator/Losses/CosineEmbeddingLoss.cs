using System.Collections.Immutable;
using DeepGen.Generator.Check;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Layers;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Losses;

/// <summary>
/// 1 − cos(z, t); or of two outputs 1 − cos(a, b) where the target is 1, max(0, cos(a, b) − margin) where it is −1. As PyTorch has it,
/// cos(a, b) = a·b / √((a·a + ε) (b·b + ε)), so that a vector of zeros is at a right angle to all.
/// </summary>
internal sealed class CosineEmbeddingLoss() : Loss(
    "CosineEmbedding",
    Argument.Text("Other"),
    Argument.Real("Margin", 0, "at least -1 and at most 1", v => v is >= -1 and <= 1))
{
    private const float Epsilon = 1e-12f;

    public override TargetForm? Target(LossCall call)
    {
        if (call.Sizes.Length != 1)
        {
            return call.Reject($"it compares vectors, not {ShapeWords.Of(call.Output.Sample)}");
        }

        if (call.Other is null)
        {
            return call.Arguments.Has("Margin")
                ? call.Reject("a margin belongs to two outputs; name the second one by Other", "Margin")
                : call.Values;
        }

        return call.Other.Shape.Equals(call.Output.Shape)
            ? new TargetForm(0, ImmutableArray<Size>.Empty)
            : call.Reject($"it compares {ShapeWords.Of(call.Output.Sample)} with {ShapeWords.Of(call.Other.Sample)}", "Other");
    }

    public override SampleLoss Of(LossCall call, Term target)
    {
        if (call.Other is null)
        {
            Term alike = Cosine(call.Output, target);
            return new(alike.Filled(1) - alike);
        }

        Term cosine = Cosine(call.Output, call.Other);
        Term belong = target.Filled(0).Apply(new Compare(Comparison.Less), target);
        Term excess = (cosine + -call.Arguments.Real("Margin")).Maximum(cosine.Filled(0));
        return new(belong.Apply(new Select(), cosine.Filled(1) - cosine, excess));
    }

    private static Term Cosine(Term a, Term b)
    {
        Term squares = ((a * a).Sum(1) + Epsilon) * ((b * b).Sum(1) + Epsilon);
        return (a * b).Sum(1) / squares.Sqrt();
    }
}
