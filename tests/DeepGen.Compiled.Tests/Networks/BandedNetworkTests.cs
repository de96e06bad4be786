using DeepGen.Compiled.Tests.Support;

namespace DeepGen.Compiled.Tests.Networks;

/// <summary>Large images, which kernels go through by bands of rows.</summary>
public sealed class BandedNetworkTests
{
    private const string Loop = "for (nint band = 0;";

    [Fact]
    public void Most_of_them_do_have_bands()
    {
        int banded = NetworkGroup.Banded.SelectMany(g => g.Generated()).Count(text => text.Contains(Loop, StringComparison.Ordinal));
        Assert.True(banded > NetworkGroup.Banded.Sum(g => g.Networks.Count), $"only {banded} files have");
    }

    /// <summary>
    /// What reads rows comes into the loop of what makes them, if it reads nothing of a band to come. A pool is part of the product where registers are
    /// wide, and follows it elsewhere.
    /// </summary>
    [Theory]
    [InlineData("Conv2D(16, 3, Padding = 1), Relu, MaxPool2D(2)", "Product2 Product3 Max4")]
    [InlineData("Conv2D(16, 3, Padding = 1), Relu, AveragePool2D(2)", "Product2 Product3 Sum4")]
    [InlineData("Conv2D(16, 3, Padding = 1), Relu, Conv2D(8, 1)", "Product2 Product3")]
    [InlineData("Conv2D(16, 3), Relu, MaxPool2D(2)", "Product1 Product2 Max3")]
    [InlineData("Conv2D(16, 3, Padding = 1), Relu, MaxPool2D(3, Stride = 1)", "Max3 Map4")]
    [InlineData("Conv2D(16, 3, Padding = 1), Relu, MaxPool2D(3, Stride = 2, Padding = 1)", "Product4 Max5")]
    [InlineData("Conv2D(16, 3, Padding = 1), Relu, AveragePool2D(3, Stride = 2, Padding = 1)", "Product2 Sum3")]
    [InlineData("Conv2D(16, 3, Padding = 1), Relu, MaxPool2D(3, Stride = 1, Padding = 1)", "Max5 Map6")]
    [InlineData("Conv2D(16, 3, Padding = 1), Relu, Conv2D(8, 3, Padding = 1)", "")]
    [InlineData("Conv2D(2, 3, Padding = 1), Relu, MaxPool2D(2)", "")]
    public void A_loop_over_bands_has(string layers, string kernels)
    {
        string text = CompiledSource.Load($"[Network, Input(3, 48, 48), {layers}] public sealed partial class Net;").Generated["Net.Kernels.g.cs"];
        int start = text.IndexOf(Loop, StringComparison.Ordinal);
        IEnumerable<string> calls = start < 0 ? [] : text[start..EndOfBlock(text, start)].Split('\n').Select(l => l.Trim()).Where(l => l.EndsWith(");", StringComparison.Ordinal));
        Assert.Equal(kernels, string.Join(" ", calls.Select(c => c[..c.IndexOf('(', StringComparison.Ordinal)])));
    }

    /// <summary>Where the braces close that open next.</summary>
    private static int EndOfBlock(string text, int start)
    {
        int depth = 0, i = text.IndexOf('{', start);
        do
            depth += text[i] switch { '{' => 1, '}' => -1, _ => 0 };
        while (depth > 0 && ++i < text.Length);
        return i;
    }

    /// <summary>A pool leaves the last row of its image out; what is made together with that row is not left out with it.</summary>
    [Fact]
    public void A_row_that_no_window_reads_is_made_where_another_image_has_it()
    {
        const string Declaration = """
            [Network]
            public sealed partial class Net
            {
                [Conv2D(16, 9, Padding = 4)] private partial Tensor First(Tensor x);
                [MaxPool2D(2)] private partial Tensor Pool(Tensor x);
                [Conv2D(4, 3, Padding = 1)] private partial Tensor Last(Tensor x);

                (Tensor, Tensor) Forward([Shape(16, 47, 48)] Tensor x)
                {
                    x = First(x);
                    var a = Tanh(x) * Exp(x);
                    var b = Sigmoid(x) + a;
                    return (Pool(a), Last(b));
                }
            }
            """;
        Agreement.Check(CompiledSource.Load(Declaration), "Net", 1);
    }

    /// <summary>Where nobody else reads the image, there is memory for a band of it.</summary>
    [Fact]
    public void An_image_that_only_a_pool_reads_is_never_whole()
    {
        string text = CompiledSource.Load("[Network, Input(3, 64, 64), Conv2D(32, 3), Relu, MaxPool2D(2)] public sealed partial class Net;").Generated["Net.Kernels.g.cs"];
        int workspace = int.Parse(System.Text.RegularExpressions.Regex.Match(text, @"workspaceLength: (\d+)").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(workspace, 31 * 31 * 32, (31 * 31 * 32) + 8192);
    }
}
