using DeepGen.SelfTest.Reference;

namespace DeepGen.SelfTest.Cases;

[Network, Input(150)]
[Dense(270), Relu, Dense(333), Relu, Dense(300), Relu, Dense(9)]
[Train(Loss.CrossEntropy)]
public sealed partial class Thresholds;

/// <summary>
/// Products whose left factor is half zeros, which they skip of one sample and of many: a sample alone has the bits it has in a batch, and
/// gradients are hashed. No size is a multiple of a tile's or a piece's.
/// </summary>
internal sealed class SkippedZerosCase : Case
{
    private const int Batch = 300;
    private const int Inputs = 150;
    private const int Outputs = 9;

    public override string Name => "zeros that are skipped";

    public override void Run(Recorder recorder)
    {
        var network = new Thresholds(5) { Threads = recorder.Threads };
        Dense[] layers = [Dense(network, "0"), Dense(network, "2"), Dense(network, "4"), Dense(network, "6")];
        recorder.Compare(Inputs, Outputs, network.Predict, x =>
        {
            for (int i = 0; i < layers.Length; i++)
                x = i == 0 ? layers[i].Apply(x) : layers[i].Apply(Scalar.Map(x, Scalar.Relu));
            return x;
        });

        float[] input = new Samples(83).Take(Batch * Inputs, 1), together = new float[Batch * Outputs], alone = new float[Batch * Outputs];
        network.Predict(input, together);
        for (int i = 0; i < Batch; i++)
            network.Predict(input.AsSpan(i * Inputs, Inputs), alone.AsSpan(i * Outputs, Outputs));
        recorder.Require(together.AsSpan().SequenceEqual(alone), "a sample alone has other outputs than in a batch");

        int[] classes = new int[Batch];
        for (int i = 0; i < Batch; i++)
            classes[i] = (i * 5) % Outputs;
        var optimizer = new Adam(2e-3);
        recorder.Learn(8, network, () => network.Gradients(input, classes), () => network.Step(optimizer), below: 0.9f);
    }
}
