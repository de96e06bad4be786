using DeepGen.SelfTest.Reference;

namespace DeepGen.SelfTest.Cases;

[Network, Input(3, 6, 6)]
[Conv2D(16, 3, Padding = 1), BatchNorm, Relu]
[Conv2D(12, 3), GroupNorm(3), Gelu(Approximate = true), Dropout(0.5f), LayerNorm]
public sealed partial class Normalized;

internal sealed class NormalizedCase : Case
{
    public override string Name => "batch, group and layer normalisation";

    public override void Run(Recorder recorder)
    {
        var network = new Normalized(18) { Threads = recorder.Threads };
        Scatter(network, "1.weight", 1, 181);
        Scatter(network, "1.bias", 0, 182);
        Scatter(network, "1.running_mean", 0, 183);
        Scatter(network, "1.running_var", 1, 184);
        Scatter(network, "4.weight", 1, 185);
        Scatter(network, "4.bias", 0, 186);
        Scatter(network, "7.weight", 1, 187);
        Scatter(network, "7.bias", 0, 188);

        double[] w0 = Values(network, "0.weight"), b0 = Values(network, "0.bias"), w3 = Values(network, "3.weight"), b3 = Values(network, "3.bias");
        double[] scale = Values(network, "1.weight"), shift = Values(network, "1.bias");
        double[] mean = Values(network, "1.running_mean"), variance = Values(network, "1.running_var");
        for (int c = 0; c < scale.Length; c++)
        {
            scale[c] /= Math.Sqrt(variance[c] + 1e-5f);
            shift[c] -= mean[c] * scale[c];
        }

        double[] groupScale = Values(network, "4.weight"), groupShift = Values(network, "4.bias");
        double[] lastScale = Values(network, "7.weight"), lastShift = Values(network, "7.bias");
        recorder.Compare(108, 192, network.Predict, x =>
        {
            var image = new Image(3, 6, 6, x).Convolve(w0, b0, 16, 3, 1, 1, 1, 1).Affine(scale, shift).Map(Scalar.Relu).Convolve(w3, b3, 12, 3, 1, 0, 1, 1);
            var groups = new double[3][];
            for (int g = 0; g < groups.Length; g++)
                groups[g] = Scalar.Standardise(Scalar.Slice(image.Values, g * 64, 64));
            image = new Image(12, 4, 4, Scalar.Join(groups)).Affine(groupScale, groupShift).Map(Scalar.GeluTanh);
            var y = Scalar.Standardise(image.Values);
            for (int i = 0; i < y.Length; i++)
                y[i] = (y[i] * lastScale[i]) + lastShift[i];
            return y;
        });
    }
}
