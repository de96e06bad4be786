using DeepGen.Generator.Layers;

namespace DeepGen.Generator.Losses;

/// <summary>f(z − t), the mean over all values of a sample.</summary>
internal class DeviationLoss(string kind, Func<LossCall, Term, Term> f, params Argument[] arguments) : Loss(kind, arguments)
{
    public override TargetForm? Target(LossCall call) => call.Values;

    public override SampleLoss Of(LossCall call, Term target) => call.Mean(f(call, call.Output - target));
}

/// <summary>
/// ½ d² where |d| ≤ δ, else δ (|d| − ½ δ); which is m (|d| − ½ m) with m the smaller of |d| and δ.
/// </summary>
internal sealed class HuberLoss() : DeviationLoss("Huber", Huber, Argument.Real("Delta", 1, "greater than 0", v => (float)v > 0))
{
    private static Term Huber(LossCall call, Term d)
    {
        Term size = d.Abs();
        Term least = size.Minimum(size.Filled(call.Arguments.Real("Delta")));
        return least * (size - (least * 0.5f));
    }
}
