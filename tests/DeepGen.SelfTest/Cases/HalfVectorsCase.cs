namespace DeepGen.SelfTest.Cases;

[Network, Input(3, 15, 13)]
[Conv2D(8, 3, Padding = 1), Relu, Conv2D(Kernel = 5, Padding = 2, Depthwise = true), LeakyRelu, MaxPool2D(2)]
[Conv2D(24, 3, Padding = 1), BatchNorm, Relu, AveragePool2D(2), Flatten, Dense(40), Tanh, Dense(8)]
[Train(Loss.CrossEntropy)]
public sealed partial class HalfVectors;

/// <summary>
/// Eight channels, and eight beyond sixteen or thirty-two: where registers are half a vector two pixels, or two samples, share one. Rows of pixels
/// are odd in number, so that one is left over.
/// </summary>
internal sealed class HalfVectorsCase : Case
{
    private const int Batch = 11;

    public override string Name => "half vectors";

    public override void Run(Recorder recorder)
    {
        var network = new HalfVectors(5) { Threads = recorder.Threads };
        float[] input = new Samples(23).Take(Batch * 3 * 15 * 13, 1);
        int[] classes = new int[Batch];
        for (int i = 0; i < Batch; i++)
            classes[i] = (i * 3) % 8;

        var optimizer = new Adam(3e-3);
        recorder.Learn(8, network, () => network.Gradients(input, classes), () => network.Step(optimizer), below: 0.9f);
    }
}
