using DeepGen.Compiled.Tests.Support;

namespace DeepGen.Compiled.Tests;

/// <summary>What is not a number is not lost on the way, however the loops lie.</summary>
public sealed class NotANumberTests
{
    [Theory]
    [InlineData("lanes_of_channels", "[Network, Input(3, 4, 6)] [MaxPool2D(2)] public sealed partial class N;")]
    [InlineData("lanes_in_windows", "[Network, Input(1, 4, 6)] [MaxPool2D(2)] public sealed partial class N;")]
    [InlineData("windows_that_overlap", "[Network, Input(2, 5, 7)] [MaxPool2D(3, Stride = 2, Padding = 1)] public sealed partial class N;")]
    [InlineData("behind_a_threshold", "[Network, Input(2, 4, 6)] [Relu, MaxPool2D(2)] public sealed partial class N;")]
    [InlineData("a_maximum_along_lanes", "[Network, Input(37)] [Softmax] public sealed partial class N;")]
    [InlineData("a_maximum_of_rows", "[Network, Input(20, 3)] [Transpose(1, 0), Softmax] public sealed partial class N;")]
    public void It_comes_out(string name, string declaration)
    {
        Assert.NotEmpty(name);
        RunningNetwork network = CompiledSource.Load(declaration).Create("N");
        const int Batch = 3;
        for (int i = 0; i < network.Inputs(1, 1)[0].Length; i++)
        {
            float[][] inputs = network.Inputs(Batch, i);
            inputs[0][(inputs[0].Length / Batch) + i] = float.NaN;
            Assert.Null(Agreement.Difference(network.Graph, network, inputs, network.Predict(inputs, Batch), Batch));
        }
    }
}
