using DeepGen.Compiled.Tests.Support;
using DeepGen.Compiled.Tests.Training;

namespace DeepGen.Compiled.Tests;

/// <summary>Wide layers and few samples: threads have columns each, of widths that share nothing with tiles, and layers between that are not wide.</summary>
public sealed class ColumnShareTests
{
    /// <summary>Sharing depends on who is awake: calls that follow one another find threads awake.</summary>
    private const int Calls = 12;

    public static TheoryData<string> Declarations =>
    [
        "[Network, Input(300)] [Dense(1001), Relu, Dense(650), Relu, Dense(530), Relu, Dense(10)] [Train(Loss.CrossEntropy)] public sealed partial class N;",
        "[Network, Input(520)] [Dense(610), Tanh, Dense(777), Sigmoid, Gelu, Dense(515, Bias = false)] [Train(Loss.MeanSquaredError)] public sealed partial class N;",
        "[Network, Input(1024)] [Dense(256), Gelu, Dense(2048), Relu, Dense(256), Dense(1040)] [Train(Loss.CrossEntropy)] public sealed partial class N;",
    ];

    [Theory]
    [MemberData(nameof(Declarations))]
    public void Predictions_have_the_bits_of_one_thread(string declaration)
    {
        CompiledSource source = CompiledSource.Load(declaration);
        Assert.Contains("void Share(", source.Generated["N.Kernels.g.cs"], StringComparison.Ordinal);
        RunningNetwork network = source.Create("N");
        Assert.Null(Agreement.Difference(network, 1, 3));
        foreach (int batch in new[] { 1, 2, 5, 13, 31, 40, 70 })
        {
            float[][] inputs = network.Inputs(batch, batch);
            network.Network.Threads = 1;
            float[] alone = network.Predict(inputs, batch)[0];
            foreach (int threads in new[] { 2, 3, 7 })
            {
                network.Network.Threads = threads;
                Assert.All(Enumerable.Range(0, Calls), _ => Assert.True(SameBits.Are(alone, network.Predict(inputs, batch)[0]), $"{batch} samples, {threads} threads"));
            }
        }

        network.Network.Threads = 3;
        Assert.Null(AllocationOf.Predict(network));
        Assert.Null(GuardedCall.OfPredict(network));
    }

    [Theory]
    [MemberData(nameof(Declarations))]
    public void Steps_have_the_bits_of_one_thread(string declaration)
    {
        CompiledSource source = CompiledSource.Load(declaration);
        Assert.Contains("void Share(", source.Generated["N.Training.g.cs"], StringComparison.Ordinal);
        foreach (int batch in new[] { 1, 6, 29 })
        {
            TrainedNetwork alone = new(source.Create("N"), batch), together = new(source.Create("N"), batch);
            Optimizer first = new Sgd(0.01f), second = new Sgd(0.01f);
            for (int step = 0; step < Calls; step++)
            {
                together.Network.Threads = 2 + (step % 3);
                Assert.Equal(alone.Network.Learn(alone.Batch, first), together.Network.Learn(together.Batch, second));
            }

            Assert.All(alone.Network.Parameters, p => Assert.True(SameBits.Are(p.Values, together.Network.Parameters[p.Name].Values), p.Name));
        }
    }

    /// <summary>Where a step has little to do, or sums over the samples grow in it, samples are shared.</summary>
    [Theory]
    [InlineData("[Network, Input(784)] [Dense(256), Relu, Dense(10)] public sealed partial class N;")]
    [InlineData("[Network, Input(3, 64, 64)] [Conv2D(32, 3), Relu, Conv2D(32, 3), Relu, Flatten, Dense(256)] public sealed partial class N;")]
    public void Other_networks_have_none(string declaration) =>
        Assert.DoesNotContain("void Share(", string.Concat(CompiledSource.Load(declaration).Generated.Values), StringComparison.Ordinal);
}
