using DeepGen.SelfTest.Reference;

namespace DeepGen.SelfTest.Cases;

[Network, Input(3, 34, 33)]
[Conv2D(32, 3, Padding = 1), Tanh, MaxPool2D(3, Stride = 2, Padding = 1), Conv2D(72, 3, Padding = 1), Relu, AveragePool2D(3, Stride = 2, Padding = 1), Conv2D(130, 1, Bias = false)]
public sealed partial class WindowEdges;

[Network, Input(50)]
[Dense(200), Relu, Dense(97)]
[Train(Loss.MeanSquaredError)]
public sealed partial class TwoPanels;

/// <summary>
/// Pools whose windows reach over the edges of images, of which one is gone through by bands; products with columns for two panels side by side, an odd
/// one and a part of one, which are other tiles where registers are wide.
/// </summary>
internal sealed class WindowEdgesCase : Case
{
    private const int Batch = 45;

    public override string Name => "windows over edges, two panels side by side";

    public override void Run(Recorder recorder)
    {
        var network = new WindowEdges(41) { Threads = recorder.Threads };
        recorder.Compare(3 * 34 * 33, 130 * 9 * 9, network.Predict, x => new Image(3, 34, 33, x)
            .Convolve(Values(network, "0.weight"), Values(network, "0.bias"), 32, 3, 1, 1, 1, 1).Map(Scalar.Tanh).MaxPool(3, 2, 1)
            .Convolve(Values(network, "3.weight"), Values(network, "3.bias"), 72, 3, 1, 1, 1, 1).Map(Scalar.Relu).AveragePool(3, 2, 1)
            .Convolve(Values(network, "6.weight"), null, 130, 1, 1, 0, 1, 1).Values);

        var trained = new TwoPanels(43) { Threads = recorder.Threads };
        var samples = new Samples(85);
        float[] inputs = samples.Take(Batch * 50, 1), targets = samples.Take(Batch * 97, 1);
        var optimizer = new Sgd(0.5);
        recorder.Learn(4, trained, () => trained.Gradients(inputs, targets), () => trained.Step(optimizer), below: 0.99f);
    }
}
