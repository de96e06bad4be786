using DeepGen.SelfTest.Reference;

namespace DeepGen.SelfTest.Cases;

[Network, Input(2, 13, 10)]
[Conv2D(5, 3, Stride = 2, Padding = 1), HardTanh(-0.5f, 0.75f), MaxPool2D(3, Stride = 1, Padding = 1), AveragePool2D(2, Stride = 1, Padding = 1)]
[Upsample2D(2), Conv2D(7, 5, Stride = 3)]
public sealed partial class Strided;

internal sealed class StridedCase : Case
{
    public override string Name => "strides, padded pools and upsampling";

    public override void Run(Recorder recorder)
    {
        var network = new Strided(17) { Threads = recorder.Threads };
        double[] w0 = Values(network, "0.weight"), b0 = Values(network, "0.bias"), w5 = Values(network, "5.weight"), b5 = Values(network, "5.bias");
        recorder.Compare(260, 7 * 4 * 3, network.Predict, x => new Image(2, 13, 10, x)
            .Convolve(w0, b0, 5, 3, 2, 1, 1, 1).Map(value => Scalar.HardTanh(value, -0.5f, 0.75f))
            .MaxPool(3, 1, 1).AveragePool(2, 1, 1).Upsample(2)
            .Convolve(w5, b5, 7, 5, 3, 0, 1, 1).Values);
    }
}
