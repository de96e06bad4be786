using DeepGen.Generator.Check;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Layers;

/// <summary>y = x when predicting. While training y = x·[u ≥ rate] / (1 − rate) with u uniform in [0, 1), drawn by a key.</summary>
internal sealed class DropoutLayer()
    : Layer("Dropout", Argument.Real("Rate", 0, "at least 0 and below 1", v => v is >= 0 and < 1))
{
    public override bool TakesSparse => true;

    public override Term? Apply(LayerCall call)
    {
        call.FlopsPerValue = 0;
        float rate = call.Arguments.Real("Rate");
        if (!call.IsTraining || rate == 0)
        {
            return call.X;
        }

        if (call.Key() is not Term key)
        {
            return null;
        }

        if (call.X.Node.Type.IsSparse)
        {
            return call.X.Apply(new SparseDropout(rate), key);
        }

        Term noise = key.Apply(new Noise(call.X.Shape));
        Term kept = noise.Filled(rate).Apply(new Compare(Comparison.LessOrEqual), noise);
        return call.X * (kept * (1 / (1 - rate)));
    }
}
