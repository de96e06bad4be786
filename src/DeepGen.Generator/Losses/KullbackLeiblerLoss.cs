using DeepGen.Generator.Layers;

namespace DeepGen.Generator.Losses;

/// <summary>Σ t (log t − z) over a sample: z are logarithms of probabilities, t probabilities. 0 log 0 is 0.</summary>
internal sealed class KullbackLeiblerLoss() : Loss("KullbackLeibler")
{
    // The smallest float of full precision: t log t is lost in rounding below it, and 0 · log of it is 0.
    private const float Smallest = 1.17549435e-38f;

    public override TargetForm? Target(LossCall call) => call.Values;

    public override SampleLoss Of(LossCall call, Term target)
    {
        Term log = target.Maximum(target.Filled(Smallest)).Log();
        return new((target * (log - call.Output)).SumOfSample());
    }
}
