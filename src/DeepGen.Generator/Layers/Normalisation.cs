using DeepGen.Generator.Check;

namespace DeepGen.Generator.Layers;

/// <summary>What LayerNorm and GroupNorm share: y = (x − mean) / √(variance + ε) · weight + bias.</summary>
internal static class Normalisation
{
    public static Argument Epsilon { get; } = Argument.Real("Epsilon", 1e-5f, "greater than 0", v => (float)v > 0);

    /// <summary>The weight begins at one, or at zero: then the branch that the layer ends begins as its bias, nothing.</summary>
    public static Argument Init { get; } = Argument.Real("Init", 0, "Default or Zeros", v => v is (double)Initial.Default or (double)Initial.Zeros);

    public static Initializer FirstWeight(LayerCall call) =>
        call.Arguments.Whole("Init") == (int)Initial.Zeros ? Initializer.Zeros : Initializer.Ones;

    /// <summary>
    /// The normalised value. The variance is the mean of squared deviations and not the mean of squares less the square of
    /// the mean, which loses every digit where the mean is large.
    /// </summary>
    /// <param name="meanOverGroup">The mean over whatever is normalised together, repeated to the shape of its argument.</param>
    public static Term Of(LayerCall call, Func<Term, Term> meanOverGroup)
    {
        Term deviation = call.X - meanOverGroup(call.X);
        Term variance = meanOverGroup(deviation * deviation);
        return deviation / (variance + call.Arguments.Real("Epsilon")).Sqrt();
    }

    /// <summary>x · weight + bias with parameters that lie along some axes of x.</summary>
    public static Term Affine(LayerCall call, Term x, params int[] axes)
    {
        int[] shape = axes.Select(a => x.Shape[a].Value).ToArray();
        Term weight = call.Parameter("weight", FirstWeight(call), 1, true, shape);
        Term bias = call.Parameter("bias", Initializer.Zeros, 0, true, shape);
        return (x * weight.Over(x.Shape, axes)) + bias.Over(x.Shape, axes);
    }
}
