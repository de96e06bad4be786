using DeepGen.Compiled.Tests.Support;

namespace DeepGen.Compiled.Tests.Ragged;

/// <summary>A training step at less than the largest size is that of a network which knows no other size, whatever steps went before.</summary>
public sealed class ShorterTrainingTests
{
    [Theory]
    [InlineData("Rnn(12), Rnn(20, Output = States.Last), Dense(3)")]
    [InlineData("Rnn(12), Lstm(20, Layers = 2), Dense(3)")]
    [InlineData("Lstm(9, Bidirectional = true), Gru(5, Bidirectional = true), Dense(3)")]
    [InlineData("LearnedPositions(Longest = 23), MultiHeadAttention(2, Causal = true), SwiGlu(8), Dense(3)")]
    [InlineData("LearnedPositions(Longest = 31), MultiHeadAttention(2), Dense(3)")]
    [InlineData("Transpose(1, 0), Conv1D(8, 3, Causal = true), BatchNorm, Tanh, Conv1D(4, 3, Padding = 1), Transpose(1, 0), Dense(3)")]
    public void Gradients_at_a_smaller_size_are_those_of_that_size(string layers)
    {
        RunningNetwork Create(int longest) => CompiledSource.Load($$"""
            [Network, Size("T", {{longest}}), Input("T", 6), Train(Loss.MeanSquaredError)]
            [{{layers}}]
            public sealed partial class N;
            """).Create("N");
        (RunningNetwork open, RunningNetwork exact) = (Create(23), Create(5));
        float Gradients(RunningNetwork network, int seed) => network.Gradients(
            RunningNetwork.Memories(network.Inputs(2, seed)), RunningNetwork.Memories(network.Outputs(2)));
        float expected = Gradients(exact, 3);
        for (int round = 0; round < 2; round++)
        {
            open.Resize("T", 5);
            Assert.Equal(expected, Gradients(open, 3), 1e-6f);
            foreach (Parameter parameter in exact.Network.Parameters.Where(p => p.Trainable))
            {
                float[] rows = ((ITrainable)open.Network).Training.Gradients[parameter.Name].ToArray();
                foreach ((float e, float a) in ((ITrainable)exact.Network).Training.Gradients[parameter.Name].ToArray().Zip(rows))
                {
                    Assert.True(Math.Abs(e - a) <= 1e-5f, $"{parameter.Name}, round {round}: {a} instead of {e}");
                }
            }

            // What a longer sequence leaves behind must not be seen by a shorter one.
            open.Resize("T", 23);
            Gradients(open, 9);
        }
    }
}
