namespace DeepGen.SelfTest.Cases;

[Network, Input(250)]
[Dense(133), Relu, Dense(100), Tanh, Dense(7)]
[Train(Loss.CrossEntropy)]
public sealed partial class LargeBatch;

/// <summary>
/// Gradients that are sums over hundreds of samples, hashed to the last bit: where registers are few their factors are copied in pieces, of
/// samples, of rows and of columns, and none of these sizes is a multiple of a piece's.
/// </summary>
internal sealed class LargeBatchCase : Case
{
    private const int Batch = 300;
    private const int Inputs = 250;

    public override string Name => "training on a large batch";

    public override void Run(Recorder recorder)
    {
        var network = new LargeBatch(9) { Threads = recorder.Threads };
        float[] input = new Samples(79).Take(Batch * Inputs, 1);
        int[] classes = new int[Batch];
        for (int i = 0; i < Batch; i++)
            classes[i] = (i * 5) % 7;

        var optimizer = new Adam(3e-3);
        recorder.Learn(8, network, () => network.Gradients(input, classes), () => network.Step(optimizer), below: 0.9f);
    }
}
