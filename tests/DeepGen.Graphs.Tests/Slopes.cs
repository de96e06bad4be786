namespace DeepGen.Graphs.Tests;

/// <summary>Gradients beside differences of losses.</summary>
internal static class Slopes
{
    /// <summary>Along its own gradient a loss falls by the gradient's square, to within a few percent.</summary>
    public static void Check(ITrainable network, Func<float> gradients)
    {
        foreach (var parameter in network.Parameters.Where(p => p.Trainable))
        {
            double before = gradients();
            float[] slope = network.Training.Gradients.Of(parameter).ToArray();
            double square = slope.Sum(g => (double)g * g);
            float[] kept = parameter.Values.ToArray();
            float rate = (float)(3e-3 / square);
            parameter.Write([.. kept.Zip(slope, (w, g) => w - (rate * g))]);
            double down = gradients();
            parameter.Write([.. kept.Zip(slope, (w, g) => w + (rate * g))]);
            double up = gradients();
            parameter.Write(kept);
            Assert.True(square > 1e-12, parameter.Name);
            Assert.True(Math.Abs(((up - down) / 6e-3) - 1) < 0.05, $"{parameter.Name}: from {before} to {down} and {up}");
        }
    }
}
