using System.Text.RegularExpressions;
using DeepGen.Compiled.Tests.Support;

namespace DeepGen.Compiled.Tests.Networks;

/// <summary>Windows that reach over the edges of images.</summary>
public sealed partial class WindowEdgeTests
{
    /// <summary>An image is computed within what its pool reads around it; where convolutions want zeros around it, a maximum takes a copy.</summary>
    [Theory]
    [InlineData("Conv2D(16, 3, Padding = 1), Relu, MaxPool2D(3, Stride = 2, Padding = 1)", "Map Map Map Map Map Product Max Map")]
    [InlineData("Conv2D(16, 3, Padding = 1), Relu, AveragePool2D(3, Stride = 2, Padding = 1)", "Map Product Sum Map")]
    [InlineData("Conv2D(16, 3, Padding = 1), Silu, MaxPool2D(2, Padding = 1)", "Map Map Map Map Map Product Max Map")]
    [InlineData("AveragePool2D(3, Stride = 2, Padding = 1)", "Map Sum Map")]
    public void No_image_is_copied_into_its_edges(string layers, string kernels)
    {
        string text = CompiledSource.Load($"[Network, Input(3, 9, 11), {layers}] public sealed partial class Net;").Generated["Net.Kernels.g.cs"];
        string run = text[text.IndexOf(" Run(", StringComparison.Ordinal)..];
        run = run[..run.IndexOf("<summary>", StringComparison.Ordinal)];
        Assert.Equal(kernels, string.Join(" ", Call().Matches(run).Select(m => m.Groups[1].Value)));
    }

    /// <summary>Edges of other widths and values around the same image, images that are inputs or outputs, and bands.</summary>
    [Theory]
    [InlineData("x = First(x); return (Maximum(x), Mean(x), Last(x));")]
    [InlineData("x = First(x); return (Mean(x), Maximum(x), x);")]
    [InlineData("x = First(x); return (Mean(x), Mean(x) + Mean(Relu(x)), Maximum(Relu(x)) * Mean(x));")]
    [InlineData("return (Maximum(x), Mean(x), Wide(x));")]
    [InlineData("x = Maximum(First(x)); return (Wide(x), Maximum(Tanh(x)), Mean(Sigmoid(x)));")]
    [InlineData("return (Maximum(First(x)), Wide(First(x)), Maximum(Wide(First(x))));")]
    public void They_see_what_is_defined(string body)
    {
        foreach ((int height, int width) in new[] { (7, 10), (48, 46) })
        {
            string declaration = $$"""
                [Network]
                public sealed partial class Net
                {
                    [Conv2D(17, 3, Padding = 1)] private partial Tensor First(Tensor x);
                    [MaxPool2D(3, Stride = 2, Padding = 1)] private partial Tensor Maximum(Tensor x);
                    [MaxPool2D(5, Stride = 1, Padding = 2)] private partial Tensor Wide(Tensor x);
                    [AveragePool2D(3, Stride = 2, Padding = 1)] private partial Tensor Mean(Tensor x);
                    [Conv2D(4, 5, Padding = 2)] private partial Tensor Last(Tensor x);

                    (Tensor, Tensor, Tensor) Forward([Shape(17, {{height}}, {{width}})] Tensor x)
                    {
                        {{body}}
                    }
                }
                """;
            Agreement.Check(CompiledSource.Load(declaration), "Net", 3);
        }
    }

    [GeneratedRegex(@"^\s+([A-Z][a-z]+)\d+\(", RegexOptions.Multiline)]
    private static partial Regex Call();
}
