using DeepGen.Generator.Check;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Losses;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Layers;

/// <summary>
/// y = x·a + b on each channel. When predicting, a = weight / √(running_var + ε) and b = bias − running_mean·a: these depend on
/// parameters alone, so they can be folded into the layer before. While training, the mean and the variance are those of the
/// batch, and running ← (1 − m)·running + m·batch, with n / (n − 1) times the variance, n being the values of a channel.
/// </summary>
internal sealed class BatchNormLayer() : Layer(
    "BatchNorm",
    Normalisation.Epsilon,
    Argument.Real("Momentum", 0.1f, "above 0 and at most 1", v => (float)v > 0 && v <= 1),
    Normalisation.Init)
{
    public override Term? Apply(LayerCall call)
    {
        Term x = call.X;
        if (x.Sample.Rank == 0)
        {
            return call.WantsRank("a vector, a sequence or an image");
        }

        int channels = x.Sample[0].Value;
        Term weight = call.Parameter("weight", Normalisation.FirstWeight(call), 1, true, channels);
        Term bias = call.Parameter("bias", Initializer.Zeros, 0, true, channels);
        Term mean = call.Parameter("running_mean", Initializer.Zeros, 0, false, channels);
        Term variance = call.Parameter("running_var", Initializer.Ones, 1, false, channels);
        if (call.IsTraining)
        {
            return Train(call, weight, bias, mean, variance);
        }

        Term a = weight / (variance + call.Arguments.Real("Epsilon")).Sqrt();
        Term b = bias - (mean * a);
        return (x * a.Over(x.Shape, 1)) + b.Over(x.Shape, 1);
    }

    private static Term Train(LayerCall call, Term weight, Term bias, Term runningMean, Term runningVariance)
    {
        Term x = call.X;
        int[] pixels = Enumerable.Range(2, x.Shape.Rank - 2).ToArray();
        int[] open = pixels.Where(a => x.Shape[a].IsOpen).ToArray();
        Term count = x.Extent(0) * pixels.Except(open).Aggregate(1f, (n, a) => n * x.Shape[a].Value);
        count = open.Aggregate(count, (n, a) => n * x.Extent(a));

        // Deviations are taken before they are squared: the mean of squares less the square of the mean loses its digits.
        Term mean = Mean(x);
        Term deviation = x - mean.Over(x.Shape, 1);

        // The mean is where the variance is least, so that the variance does not change with it: its gradient need not look.
        Term fromFixed = x - mean.Detach().Over(x.Shape, 1);
        Term variance = Mean(fromFixed * fromFixed);

        float momentum = call.Arguments.Real("Momentum");
        Term unbiased = count / (count + -1).Maximum(count.Filled(1));
        call.Update("running_mean", Blend(runningMean, mean));
        call.Update("running_var", Blend(runningVariance, variance * unbiased.Over(variance.Shape)));

        Term a = weight / (variance + call.Arguments.Real("Epsilon")).Sqrt();
        return (deviation * a.Over(x.Shape, 1)) + bias.Over(x.Shape, 1);

        // Over the pixels first and then over the batch alone, which is the only sum that crosses samples.
        Term Mean(Term v)
        {
            Term sum = v.Sum(pixels).Sum(0);
            return sum / count.Over(sum.Shape);
        }

        Term Blend(Term running, Term batch) => (running * (1 - momentum)) + (batch * momentum);
    }
}
