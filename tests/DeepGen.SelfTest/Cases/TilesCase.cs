using DeepGen.SelfTest.Reference;

namespace DeepGen.SelfTest.Cases;

[Network, Input(9, 13, 10)]
[Conv2D(17, 3, Padding = 1), Relu, Conv2D(16, 3)]
[Convolutions(ConvolutionAlgorithm.Winograd), Train(Loss.MeanSquaredError)]
public sealed partial class Tiles;

internal sealed class TilesCase : Case
{
    private const int Inputs = 9 * 13 * 10;
    private const int Outputs = 16 * 11 * 8;
    private const int Batch = 19;

    public override string Name => "convolutions in tiles, predicting and training";

    public override void Run(Recorder recorder)
    {
        var network = new Tiles(23) { Threads = recorder.Threads };
        double[] w0 = Values(network, "0.weight"), b0 = Values(network, "0.bias"), w2 = Values(network, "2.weight"), b2 = Values(network, "2.bias");
        recorder.Compare(Inputs, Outputs, network.Predict, x => new Image(9, 13, 10, x)
            .Convolve(w0, b0, 17, 3, 1, 1, 1, 1).Map(Scalar.Relu)
            .Convolve(w2, b2, 16, 3, 1, 0, 1, 1).Values);

        var samples = new Samples(41);
        float[] images = samples.Take(Batch * Inputs, 1), wanted = samples.Take(Batch * Outputs, 1);
        var optimizer = new Adam(3e-3);
        recorder.Learn(8, network, () => network.Gradients(images, wanted), () => network.Step(optimizer), below: 1);
    }
}
