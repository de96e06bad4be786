using DeepGen.Compiled.Tests.Support;

namespace DeepGen.Compiled.Tests.Networks;

/// <summary>Products whose last columns are eight or fewer, of which two rows share a vector.</summary>
public sealed class LastColumnsTests
{
    [Fact]
    public void Many_of_those_drawn_are_taken_by_halves()
    {
        int halved = NetworkGroup.OddColumns.SelectMany(g => g.Generated()).Count(text => text.Contains("Steps<Lanes256>.Tile", StringComparison.Ordinal));
        Assert.True(2 * halved > NetworkGroup.OddColumns.Sum(g => g.Networks.Count), $"only {halved} files have");
    }

    /// <summary>Where registers are wide it has to be worth a last odd row, and a second way through the weights of a single sample.</summary>
    [Theory]
    [InlineData("Input(3, 20, 20), Conv2D(8, 3, Padding = 1)", true)]
    [InlineData("Input(3, 20, 20), Conv2D(24, 3, Padding = 1)", true)]
    [InlineData("Input(3, 20, 20), Conv2D(17, 3, Padding = 1), Relu, Conv2D(16, 1)", true)]
    [InlineData("Input(3, 20, 20), Conv2D(40, 1)", true)]
    [InlineData("Input(3, 8, 8), Conv2D(8, 3, Padding = 1)", true)]
    [InlineData("Input(100), Dense(40)", true)]
    [InlineData("Input(3, 7, 7), Conv2D(8, 3, Padding = 1)", false)]
    [InlineData("Input(3, 20, 20), Conv2D(28, 3, Padding = 1)", false)]
    [InlineData("Input(3, 20, 20), Conv2D(32, 3, Padding = 1)", false)]
    [InlineData("Input(100), Dense(24)", false)]
    public void Wide_registers_take_them_by_halves(string layers, bool expected)
    {
        string text = CompiledSource.Load($"[Network, {layers}] public sealed partial class Net;").Generated["Net.Kernels.g.cs"];
        Assert.Equal(expected, text.Contains("PredictSteps<Lanes256>.Tile", StringComparison.Ordinal));
    }
}
