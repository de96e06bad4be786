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

    /// <summary>Zeros behind a relu are skipped of one row, or where there are rows enough: an infinite weight that only zeros meet is not multiplied.</summary>
    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(100, true)]
    public void Zeros_that_are_skipped_meet_nothing(int batch, bool areSkipped)
    {
        const int Width = 300;
        RunningNetwork network = CompiledSource.Load("[Network, Input(300)] [Relu, Dense(300)] public sealed partial class N;").Create("N");
        float[] weight = network.Network.Parameters["1.weight"].Values.ToArray();
        for (int i = 0; i < weight.Length; i += Width)
        {
            weight[i] = float.PositiveInfinity;
        }

        network.Network.Parameters["1.weight"].Write(weight);
        float[] input = Enumerable.Range(0, batch * Width).Select(i => i % Width == 0 ? -1 : (i * 7919 % 2001 / 1000f) - 1).ToArray();
        float[] output = network.Predict([input], batch)[0];
        Assert.Equal(areSkipped, output.All(float.IsFinite));
        Assert.Equal(areSkipped, !output.Any(float.IsNaN));
    }

    /// <summary>A product too small for a float is -0 here; zeros that are multiplied make +0 of it, and so must those that are skipped.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(100)]
    public void Nor_has_zero_another_sign(int batch)
    {
        const int Width = 300;
        RunningNetwork network = CompiledSource.Load("[Network, Input(300)] [Relu, Dense(300, Bias = false)] public sealed partial class N;").Create("N");
        network.Network.Parameters["1.weight"].Write([.. Enumerable.Range(0, Width * Width).Select(i => i % Width == 0 ? -1e-30f : 1)]);
        float[] input = [.. Enumerable.Range(0, batch * Width).Select(i => i % Width == 0 ? 1e-30f : 0)];
        Assert.All(network.Predict([input], batch)[0], y => Assert.Equal(0, BitConverter.SingleToInt32Bits(y)));
    }

    /// <summary>The border has no pixels: taps that lie in it from every output are not multiplied, however many outputs share a vector.</summary>
    [Theory]
    [InlineData(8)]
    [InlineData(32)]
    public void A_border_meets_nothing(int outputs)
    {
        RunningNetwork network = CompiledSource.Load($"[Network, Input(16, 2, 2)] [Conv2D({outputs}, 5, Padding = 2)] public sealed partial class N;").Create("N");
        float[] weight = network.Network.Parameters["0.weight"].Values.ToArray();
        for (int i = 0; i < weight.Length; i++)
        {
            (int row, int column) = (i / 5 % 5, i % 5);
            if (row is 0 or 4 || column is 0 or 4)
            {
                weight[i] = float.PositiveInfinity;
            }
        }

        network.Network.Parameters["0.weight"].Write(weight);
        Assert.All(network.Predict([network.Inputs(1, 1)[0]], 1)[0], y => Assert.True(float.IsFinite(y)));
    }
}
