using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Layers;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Losses;

/// <summary>
/// ½ (log v + (m − t)² / v), the mean over all values. The last axis of the output holds the means m and then as many raw
/// variances r: v = log (1 + eʳ) + 10⁻⁶, which is positive and never so small that the quotient overflows.
/// </summary>
internal sealed class GaussianNllLoss() : Loss("GaussianNll")
{
    private const float Floor = 1e-6f;

    public override TargetForm? Target(LossCall call)
    {
        int last = call.Sizes.Length - 1;
        return last < 0 || !call.Sizes[last].IsConstant || call.Sizes[last].Value % 2 != 0
            ? call.Reject("its last axis must have an even size, means and then as many variances")
            : new TargetForm(0, call.Sizes.SetItem(last, call.Sizes[last].Value / 2));
    }

    public override SampleLoss Of(LossCall call, Term target)
    {
        Term mean = Half(call.Output, 0);
        Term variance = Half(call.Output, 1).Apply(new Softplus()) + Floor;
        Term deviation = mean - target;
        return call.Mean((variance.Log() + (deviation * deviation / variance)) * 0.5f);
    }

    private static Term Half(Term x, int which)
    {
        int axis = x.Shape.Rank - 1;
        int length = x.Shape[axis].Value / 2;
        return x.Apply(new Slice(axis, which * length, length, 1));
    }
}
