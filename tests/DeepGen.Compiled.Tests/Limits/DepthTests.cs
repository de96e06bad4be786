using System.Text.RegularExpressions;
using DeepGen.Compiled.Tests.Support;

namespace DeepGen.Compiled.Tests.Limits;

/// <summary>Layers that differ each have their own code; what calls them is cut so that no method grows with their number.</summary>
public sealed class DepthTests
{
    /// <summary>The JIT compiles methods beyond 60,000 bytes of IL without optimising them.</summary>
    private const int MostBytes = 8000;

    [Theory]
    [InlineData("")]
    [InlineData(", Certify, Train(Loss.CrossEntropy)")]
    public void No_method_grows_with_the_number_of_layers(string readings)
    {
        int few = Largest(40, readings);
        Assert.InRange(few, 0, MostBytes);
        Assert.InRange(Largest(160, readings), 0, Math.Max(few, MostBytes));
    }

    /// <summary>Only numbers in it are others, how often a loop runs and how far apart things lie; and whether it is worth waking threads.</summary>
    [Theory]
    [InlineData("64", "Dense(16)", "Tanh, Dense(Init = Initial.Zeros)", "Dense(10)")]
    [InlineData("64", "Dense(16)", "Tanh, Dense(Init = Initial.Zeros)", "Dense(7)")]
    [InlineData("20", "Dense(33)", "BatchNorm, Relu, Dense(33)", "Dense(5)")]
    [InlineData("64", "Dense(12)", "LayerNorm, Dense(20), Gelu, Dense(12)", "Dense(10)")]
    [InlineData("3, 8, 9", "Conv2D(17, 3)", "Conv2D(Kernel = 3, Padding = 1), BatchNorm, Relu", "GlobalAveragePool, Dense(10)")]
    [InlineData("12, 16", "Dense(32)", "LayerNorm, MultiHeadAttention(4, Causal = true)", "Flatten, Dense(10)")]
    [InlineData("3, 16", "Dense(10)", "Dense(40), Relu, Dense(10)", "Flatten, Dense(10)")]
    public void Ten_thousand_layers_are_written_as_ten_are(string input, string before, string layer, string after)
    {
        string[] few = Lines(10), many = Lines(10_000);
        Assert.Equal(few, many);

        string[] Lines(int layers) => CompiledSource.Load($"""
            [Block, Residual] [{layer}] public sealed partial class Layer;
            [Network, Input({input}), {before}, Stack<Layer>({layers}), {after}, Train(Loss.CrossEntropy)] public sealed partial class N;
            """).Generated.Values.SelectMany(text => text.Split('\n')).Select(l => Regex.Replace(l, "[0-9]+(, ?[0-9]+)*| +|-+|(?<=isShared: )(true|false)", "")).ToArray();
    }

    /// <summary>Of the methods that run in every call; what lists the stages of a training step runs once.</summary>
    private static int Largest(int layers, string readings)
    {
        string list = string.Join(", ", Enumerable.Range(0, layers).Select(i => $"Dense({17 + (i % 3)}), {(i % 2 == 0 ? "Relu" : "Tanh")}"));
        return CompiledSource.Load($"[Network, Input(30){readings}] [{list}, Dense(4)] public sealed partial class N;")
            .MethodSizes().Where(m => m.Name.Contains("Steps", StringComparison.Ordinal) || m.Name.Contains("Stage", StringComparison.Ordinal)).Max(m => m.Bytes);
    }
}
