using System.Runtime.InteropServices;
using DeepGen.Compiled.Tests.Support;
using DeepGen.Generator.Ops;

namespace DeepGen.Compiled.Tests.Training;

/// <summary>What is dropped of sequences whose length is known at run time only.</summary>
public sealed class OpenDropoutTests
{
    private const int Longest = 23, Width = 6, Batch = 3;

    private const float Rate = 0.4f;

    private static readonly string s_open = $"Size(\"T\", {Longest}), Input(\"T\", {Width})";

    /// <summary>Through a layer that changes nothing, of ones: what is left of each is all that is seen.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(Longest)]
    public void It_is_a_function_of_key_sample_step_and_feature(int length)
    {
        RunningNetwork network = CompiledSource.Load($$"""
            [Network, {{s_open}}, Train(Loss.MeanSquaredError), Dropout(0.4f), Dense]
            public sealed partial class N;
            """).Create("N");
        var trained = (ITrainable)network.Network;
        network.Network.Parameters["1.weight"].Write([.. Enumerable.Range(0, Width * Width).Select(i => i / Width == i % Width ? 1f : 0)]);
        network.Network.Parameters["1.bias"].Write(new float[Width]);
        network.Resize("T", length);
        float[] ones = [.. Enumerable.Repeat(1f, Batch * length * Width)];
        foreach (int step in new[] { 0, 1, 7 })
        {
            trained.Training.StepNumber = step;
            float[] key = TrainedNetwork.Settings(network.Elaboration.Training!, trained).Single();
            foreach (int threads in new[] { 1, 3 })
            {
                network.Network.Threads = threads;
                network.Gradients(RunningNetwork.Memories([ones]), RunningNetwork.Memories([ones]));
                float[] left = trained.Training.Output(0).ToArray();
                for (int i = 0; i < ones.Length; i++)
                {
                    (int sample, int time, int feature) = (i / (length * Width), i / Width % length, i % Width);
                    double drawn = Noise.Uniform(Noise.Bits((uint)key[0], (uint)key[1], (uint)sample, (uint)((time * Width) + feature)));
                    Assert.Equal(drawn < Rate ? 0 : 1 / (1 - Rate), left[(((sample * Longest) + time) * Width) + feature], 1e-6f);
                }
            }
        }
    }

    [Theory]
    [InlineData("Lstm(16, Layers = 3, Dropout = 0.3f), Dropout(0.2f), Dense(4)")]
    [InlineData("Gru(20, Layers = 2, Bidirectional = true, Dropout = 0.5f, Output = States.Last), Dense(4)")]
    [InlineData("Dense(10), Transpose(1, 0), Dropout(0.3f), Tanh, Transpose(1, 0), Dense(4)")]
    public void At_the_largest_size_steps_have_the_bits_of_a_constant_one(string layers)
    {
        RunningNetwork Trained(string input, int threads)
        {
            RunningNetwork network = CompiledSource.Load($$"""
                [Network, {{input}}, Train(Loss.MeanSquaredError)]
                [{{layers}}]
                public sealed partial class N;
                """).Create("N");
            network.Network.Threads = threads;
            var optimizer = new Adam(0.01);
            for (int step = 0; step < 5; step++)
            {
                // The methods of interfaces take the largest size.
                var trained = (ITrainable)network.Network;
                trained.Gradients(new Batch(Batch, [network.Inputs(Batch, step)[0]], [new Target(network.Outputs(Batch)[0])]));
                trained.Training.Step(optimizer);
            }

            return network;
        }

        RunningNetwork constant = Trained($"Input({Longest}, {Width})", 1), open = Trained(s_open, 1), together = Trained(s_open, 2);
        Assert.All(constant.Network.Parameters, p =>
        {
            Assert.True(MemoryMarshal.AsBytes(p.Values).SequenceEqual(MemoryMarshal.AsBytes(open.Network.Parameters[p.Name].Values)), p.Name);
            Assert.True(MemoryMarshal.AsBytes(p.Values).SequenceEqual(MemoryMarshal.AsBytes(together.Network.Parameters[p.Name].Values)), p.Name);
        });
    }
}
