using DeepGen.Generator.Layers;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Losses;

/// <summary>
/// −t log σ(z) − (1 − t) log (1 − σ(z)) = log (1 + eᶻ) − t z, the mean over all values: no exponential overflows, and the
/// derivative is σ(z) − t everywhere.
/// </summary>
internal sealed class BinaryCrossEntropyLoss() : Loss("BinaryCrossEntropy")
{
    public override TargetForm? Target(LossCall call) => call.Values;

    public override SampleLoss Of(LossCall call, Term target) =>
        call.Mean(call.Output.Apply(new Softplus()) - (target * call.Output));
}
