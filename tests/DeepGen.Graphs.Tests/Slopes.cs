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

    /// <summary>The gradients that a network has computed, beside differences of a loss in double precision, parameters far apart and near.</summary>
    public static void CheckInDouble(ITrainable network, Dictionary<string, double[]> values, Func<double> loss)
    {
        const double Step = 1e-6;
        foreach (var parameter in network.Parameters)
        {
            float[] slope = network.Training.Gradients.Of(parameter).ToArray();
            double[] own = values[parameter.Name];
            double greatest = slope.Max(Math.Abs);
            Assert.True(greatest > 1e-4, parameter.Name);
            for (int i = 0; i < own.Length; i += 1 + (own.Length / 12))
            {
                double kept = own[i];
                own[i] = kept + Step;
                double up = loss();
                own[i] = kept - Step;
                double down = loss();
                own[i] = kept;
                Assert.InRange(((up - down) / (2 * Step)) - slope[i], -1e-3 * greatest, 1e-3 * greatest);
            }
        }
    }
}
