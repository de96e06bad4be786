using DeepGen.Compiled.Tests.Support;

namespace DeepGen.Compiled.Tests.Networks;

/// <summary>Convolutions and the pools behind them, which are one kernel where registers are wide.</summary>
public sealed class PooledNetworkTests
{
    /// <summary>A convolution is of its pool's kernel where windows lie apart and fill a tile, nobody else reads the image, and half a vector of padding is little.</summary>
    [Theory]
    [InlineData("Conv2D(16, 3, Padding = 1), Relu, MaxPool2D(2)", "max2x2")]
    [InlineData("Conv2D(16, 3), BatchNorm, Relu, MaxPool2D(2)", "max2x2")]
    [InlineData("Conv2D(16, 3), Relu, MaxPool2D(3)", "max3x3")]
    [InlineData("Conv2D(16, 3), AveragePool2D(2)", "sum2x2")]
    [InlineData("Conv2D(16, 1), MaxPool2D(2)", "max2x2")]
    [InlineData("Reshape(3, -1), Conv1D(16, 3, Padding = 1), Relu, MaxPool1D(4)", "max1x4")]
    [InlineData("Conv2D(40, 3, Padding = 1), Relu, MaxPool2D(2)", "max2x2")]
    [InlineData("Conv2D(24, 3, Padding = 1), Relu, MaxPool2D(2)", null)]
    [InlineData("Conv2D(16, 3, Padding = 1), Relu, MaxPool2D(3)", null)]
    [InlineData("Conv2D(16, 3), Relu, MaxPool2D(4)", null)]
    [InlineData("Conv2D(16, 3), Relu, MaxPool2D(2, Stride = 1)", null)]
    [InlineData("Conv2D(16, 3), Tanh, MaxPool2D(2)", null)]
    [InlineData("Conv2D(16, 3), Relu, AveragePool2D(2, Padding = 1)", null)]
    public void A_tile_takes_windows(string layers, string? window)
    {
        string text = CompiledSource.Load($"[Network, Input(3, 20, 20), {layers}] public sealed partial class Net;").Generated["Net.Kernels.g.cs"];
        string[] found = [.. System.Text.RegularExpressions.Regex.Matches(text, @"void Tile\w*_((?:max|sum)\dx\d)").Select(m => m.Groups[1].Value).Distinct()];
        Assert.Equal(window is null ? [] : [window], found);
    }
}
