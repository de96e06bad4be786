using System.Globalization;
using DeepGen.Compiled.Tests.Support;

namespace DeepGen.Compiled.Tests.Networks;

/// <summary>Of how many samples a part of a batch consists at least, where threads could do with fewer parts.</summary>
public sealed class PartSizeTests
{
    /// <summary>Microseconds of work; rows for weights that samples share, by their share of the work, and more of them for lists.</summary>
    [Theory]
    [InlineData("Input(3, 32, 32), Conv2D(16, 3, Padding = 1), Relu, Conv2D(16, 3, Padding = 1)", 1, 1)]
    [InlineData("Input(1, 12, 12), Conv2D(4, 3)", 60, 80)]
    [InlineData("Input(1000), Dense(200)", 30, 32)]
    [InlineData("Input(3, 32, 32), Conv2D(16, 3, Padding = 1), MaxPool2D(2), Flatten, Dense(60)", 8, 14)]
    [InlineData("Input(512), Dense(512), Relu, Dense(512)", 128, 128)]
    [InlineData("Input(4), Dense(16)", 3000, 5000)]
    public void A_sample_of_much_work_is_a_part_by_itself(string layers, int least, int most) => Assert.InRange(
        Assert.Single(Fewest($"[Network, {layers}] public sealed partial class Net;", "Net.Kernels.g.cs").Distinct()), least, most);

    /// <summary>What grows in a part is cleared and added up: the sums of a filter over images of four pixels are much beside their work.</summary>
    [Fact]
    public void Many_sums_want_larger_parts()
    {
        const string Source = "[Network, Input(128, 2, 2), Conv2D(128, 3, Padding = 1), Relu, Flatten, Dense(4), Train(Loss.CrossEntropy)] public sealed partial class Net;";
        Assert.InRange(Fewest(Source, "Net.Training.g.cs").Min(), 32, 128);
    }

    private static IEnumerable<int> Fewest(string source, string file)
    {
        const string Name = "fewest: ";
        return CompiledSource.Load(source).Generated[file].Split(Name).Skip(1).Select(text => int.Parse(text[..text.IndexOf(',', StringComparison.Ordinal)], CultureInfo.InvariantCulture));
    }
}
