using DeepGen.SelfTest.Reference;

namespace DeepGen.SelfTest.Cases;

[Network, Input(3, 9, 11)]
[Conv2D(Kernel = 3, Padding = 1, Depthwise = true, Bias = false), Conv2D(12, 1), LeakyRelu(0.2f)]
[Conv2D(8, 3, Groups = 4, Dilation = 2, Padding = 2), Elu, GlobalAveragePool, Dense(4)]
public sealed partial class Depthwise;

internal sealed class DepthwiseCase : Case
{
    public override string Name => "depthwise, grouped and dilated convolutions";

    public override void Run(Recorder recorder)
    {
        var network = new Depthwise(16) { Threads = recorder.Threads };
        double[] each = Values(network, "0.weight"), mix = Values(network, "1.weight"), mixBias = Values(network, "1.bias");
        double[] grouped = Values(network, "3.weight"), groupedBias = Values(network, "3.bias");
        var scores = Dense(network, "6");
        recorder.Compare(3 * 9 * 11, 4, network.Predict, x =>
        {
            var image = new Image(3, 9, 11, x)
                .Convolve(each, null, 3, 3, 1, 1, 1, 3)
                .Convolve(mix, mixBias, 12, 1, 1, 0, 1, 1).Map(value => Scalar.LeakyRelu(value, 0.2f))
                .Convolve(grouped, groupedBias, 8, 3, 1, 2, 2, 4).Map(value => Scalar.Elu(value, 1));
            return scores.Apply(image.ChannelMeans());
        });
    }
}
