using DeepGen.Generator.Check;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Layers;

/// <summary>y = x when predicting. While training y = x·[u ≥ rate] / (1 − rate) with u uniform in [0, 1), drawn by a key.</summary>
internal sealed class DropoutLayer()
    : Layer("Dropout", Share("Rate"))
{
    public override bool TakesSparse => true;

    public static Argument Share(string name) => Argument.Real(name, 0, "at least 0 and below 1", v => v is >= 0 and < 1);

    public override Term? Apply(LayerCall call)
    {
        call.FlopsPerValue = 0;
        return Drop(call, call.X, call.Arguments.Real("Rate"));
    }

    /// <summary>Null after a finding.</summary>
    public static Term? Drop(LayerCall call, Term x, float rate)
    {
        if (!call.IsTraining || rate == 0)
        {
            return x;
        }

        if (call.Key() is not Term key)
        {
            return null;
        }

        if (x.Node.Type.IsSparse)
        {
            return x.Apply(new SparseDropout(rate), key);
        }

        Term noise = key.Apply(new Noise(x.Shape));
        Term kept = noise.Filled(rate).Apply(new Compare(Comparison.LessOrEqual), noise);
        return x * (kept * (1 / (1 - rate)));
    }
}
