namespace DeepGen.SelfTest.Cases;

[Network, Input(75, 70)]
[Dense(251), Tanh, Dense(2), Flatten, Dense(3)]
[Train(Loss.CrossEntropy)]
public sealed partial class ManyPositions;

/// <summary>
/// Gradients of weights that many positions share, hashed to the last bit: where registers are few their factors are copied in pieces of
/// rows and of columns, and none of these sizes is a multiple of a piece's.
/// </summary>
internal sealed class ManyPositionsCase : Case
{
    private const int Batch = 6;
    private const int Length = 75 * 70;

    public override string Name => "training over many positions";

    public override void Run(Recorder recorder)
    {
        var network = new ManyPositions(9) { Threads = recorder.Threads };
        float[] input = new Samples(83).Take(Batch * Length, 1);
        int[] classes = new int[Batch];
        for (int i = 0; i < Batch; i++)
            classes[i] = (i * 5) % 3;

        var optimizer = new Adam(3e-3);
        recorder.Learn(8, network, () => network.Gradients(input, classes), () => network.Step(optimizer), below: 0.9f);
    }
}
