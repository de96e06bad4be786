namespace DeepGen.SelfTest.Cases;

[Network, Input(100)]
[Dense(320), Relu, Dense(256), Relu, Dense(256), Relu, Dense(300), Tanh, Dense(7)]
[Train(Loss.CrossEntropy)]
public sealed partial class LearnedBlocks;

/// <summary>Whole steps, hashed to the last bit: blocks of weights change as soon as their gradients are there, and are what two halves of a step make of them.</summary>
internal sealed class LearnedBlocksCase : Case
{
    private const int Batch = 45;
    private const int Inputs = 100;

    public override string Name => "weights learned with their gradients";

    public override void Run(Recorder recorder)
    {
        var network = new LearnedBlocks(12) { Threads = recorder.Threads };
        var halves = new LearnedBlocks(12);
        float[] input = new Samples(83).Take(Batch * Inputs, 1);
        int[] classes = new int[Batch];
        for (int i = 0; i < Batch; i++)
            classes[i] = (i * 5) % 7;

        var optimizer = new Adam(3e-3);
        var another = new Adam(3e-3);
        recorder.Learn(6, network, () => network.Learn(input, classes, optimizer), () => { }, below: 0.9f);
        for (int i = 0; i < 6; i++)
        {
            halves.Gradients(input, classes);
            halves.Step(another);
        }

        foreach (var parameter in network.Parameters)
            recorder.Require(parameter.Values.SequenceEqual(halves.Parameters[parameter.Name].Values), $"{parameter.Name} is not what gradients and a step make of it");
    }
}
