namespace DeepGen.SelfTest.Cases;

[Network, Input(3, 15, 14)]
[Conv2D(24, 3, Padding = 1), Relu, MaxPool2D(2)]
[Conv2D(17, 3, Padding = 1), Relu, MaxPool2D(2)]
[Flatten, Dense(5)]
[Train(Loss.CrossEntropy)]
public sealed partial class Pooled;

/// <summary>
/// Training through max pooling, hashed to the last bit: its gradient's winners are multiplied in the order of lists, which has to be
/// the same whatever the registers hold.
/// </summary>
internal sealed class PooledTrainingCase : Case
{
    private const int Batch = 21;
    private const int Inputs = 3 * 15 * 14;

    public override string Name => "training through max pooling";

    public override void Run(Recorder recorder)
    {
        var network = new Pooled(5) { Threads = recorder.Threads };
        float[] images = new Samples(78).Take(Batch * Inputs, 1);
        int[] classes = new int[Batch];
        for (int i = 0; i < Batch; i++)
            classes[i] = (i * 3) % 5;

        var optimizer = new Adam(3e-3);
        recorder.Learn(10, network, () => network.Gradients(images, classes), () => network.Step(optimizer), below: 0.8f);
    }
}
