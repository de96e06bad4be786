using DeepGen.Compiled.Tests.Support;

namespace DeepGen.Compiled.Tests;

/// <summary>A hundred thousand numbers that are nearly alike: chains of additions as long as that lose their last digits.</summary>
public sealed class LongSumTests
{
    private const int Pixels = 300 * 385;

    /// <summary>Eight units in the last place; four chains would be off by five hundred of them, sixteen by seventy.</summary>
    private const double Closest = 1e-6;

    [Theory]
    [InlineData(16, true)]
    [InlineData(40, true)]
    [InlineData(2, false)]
    public void A_mean_of_very_many_is_as_good_as_one_of_few(int channels, bool areLast)
    {
        string layout = areLast ? ", Layout = Layout.Hwc" : "";
        RunningNetwork network = CompiledSource.Load($"[Network, Input({channels}, 300, 385{layout}), GlobalAveragePool] public sealed partial class N;").Create("N");
        float[] input = [.. Enumerable.Range(0, channels * Pixels).Select(i => 0.1f + (1e-3f * (i % 7)))];
        float[] means = network.Predict([input], 1)[0];
        for (int c = 0; c < channels; c++)
        {
            double mean = Enumerable.Range(0, Pixels).Average(i => (double)input[areLast ? (i * channels) + c : (c * Pixels) + i]);
            Assert.InRange(means[c], mean * (1 - Closest), mean * (1 + Closest));
        }
    }
}
