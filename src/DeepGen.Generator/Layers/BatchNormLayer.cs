using DeepGen.Generator.Check;

namespace DeepGen.Generator.Layers;

/// <summary>
/// y = x·a + b on each channel, with a = weight / √(running_var + ε) and b = bias − running_mean·a: what it is when predicting.
/// a and b depend on parameters alone, so they can be folded into the layer before.
/// </summary>
internal sealed class BatchNormLayer() : Layer("BatchNorm", Normalisation.Epsilon)
{
    public override Term? Apply(LayerCall call)
    {
        Term x = call.X;
        if (x.Sample.Rank == 0)
        {
            return call.WantsRank("a vector, a sequence or an image");
        }

        int channels = x.Sample[0].Value;
        Term weight = call.Parameter("weight", Initializer.Ones, 1, true, channels);
        Term bias = call.Parameter("bias", Initializer.Zeros, 0, true, channels);
        Term mean = call.Parameter("running_mean", Initializer.Zeros, 0, false, channels);
        Term variance = call.Parameter("running_var", Initializer.Ones, 1, false, channels);
        Term a = weight / (variance + call.Arguments.Real("Epsilon")).Sqrt();
        Term b = bias - (mean * a);
        return (x * a.Over(x.Shape, 1)) + b.Over(x.Shape, 1);
    }
}
