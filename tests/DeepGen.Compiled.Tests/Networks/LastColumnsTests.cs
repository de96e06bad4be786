using DeepGen.Compiled.Tests.Support;
using DeepGen.Compiled.Tests.Training;

namespace DeepGen.Compiled.Tests.Networks;

/// <summary>Products whose last columns are eight or fewer, of which two rows share a vector.</summary>
public sealed class LastColumnsTests
{
    private const int ManySamples = 11;

    public static TheoryData<int> Groups => [.. Enumerable.Range(0, NetworkGroup.OddColumns.Count)];

    [Theory]
    [MemberData(nameof(Groups))]
    public void They_compute_what_they_mean(int group) => NetworkGroup.OddColumns[group].Check(network => Agreement.Difference(network, 1, 2));

    [Theory]
    [MemberData(nameof(Groups))]
    public void Their_gradients_are_those_of_the_graph(int group) =>
        NetworkGroup.OddColumns[group].Check(network => new TrainedNetwork(network, 2).Difference());

    [Theory]
    [MemberData(nameof(Groups))]
    public void Threads_and_other_samples_change_no_bit(int group) =>
        NetworkGroup.OddColumns[group].Check(network => SameBits.OfPredict(network, ManySamples));

    [Theory]
    [MemberData(nameof(Groups))]
    public void Nothing_is_read_or_written_beyond_what_was_passed(int group) => NetworkGroup.OddColumns[group].Check(GuardedCall.OfPredict);

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
