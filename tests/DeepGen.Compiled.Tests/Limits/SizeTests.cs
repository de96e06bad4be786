using System.Diagnostics;
using DeepGen.Compiled.Tests.Networks;
using DeepGen.Compiled.Tests.Support;
using Microsoft.CodeAnalysis;

namespace DeepGen.Compiled.Tests.Limits;

/// <summary>Generated code stays small where a network grows, and every method within what compilers can keep in registers.</summary>
public sealed class SizeTests
{
    /// <summary>Some 250 products in straight line are as fast as a loop, 400 are ten times slower: measured.</summary>
    private const int MostProducts = 200;

    private const int MostOperations = 200;
    private const int MostCharacters = 40_000;

    private const string Block = "[Block, Residual, Conv2D(Kernel = 3, Padding = 1), BatchNorm, Relu, Conv2D(Kernel = 3, Padding = 1), BatchNorm] public sealed partial class B;";

    public static TheoryData<string> Large =>
    [
        "[Network, Certify] public sealed partial class N { Tensor Forward([Shape(17)] Tensor x) { for (int i = 0; i < 200; i++) x = Gelu(x) - 0.01f * x; return x; } }",
        "[Network, Certify] public sealed partial class N { [Dense(33)] private partial Tensor A(Tensor x); Tensor Forward([Shape(17)] Tensor x) { x = A(x); for (int i = 0; i < 60; i++) x = Silu(x) + Tanh(x); return x; } }",
        "[Network, Certify] public sealed partial class N { Tensor Forward([Shape(17)] Tensor x) { var y = x; for (int i = 0; i < 90; i++) y = Concat(y, Softplus(x * i)); return Sum(Reshape(y, 91, 17), 0); } }",
        "[Network, Certify] public sealed partial class N { (Tensor, Tensor, Tensor) Forward([Shape(3, 4, 4)] Tensor x) { var s = x; for (int i = 0; i < 40; i++) s = s + Elu(x * (0.1f * i)); return (s, Mean(Exp(Tanh(s)) / (1 + Abs(s)), 0), Softmax(Flatten(s))); } }",
        "[Network, Input(8, 16, 16), Certify] [Conv2D(40, 7, Padding = 3), Gelu, GroupNorm(5), Softplus, Conv2D(Kernel = 5, Depthwise = true), LogSoftmax] public sealed partial class N;",
        "[Network, Input(9, 8, 8)] [Conv2D(32, 15, Padding = 7), Relu6, LeakyRelu, HardTanh, MaxPool2D(3, Stride = 1), Conv2D(48, 15, Padding = 7), Relu6, LeakyRelu, HardTanh] public sealed partial class N;",
        "[Network, Input(64, 48), Certify] [LayerNorm, Dense(192), Gelu, Dense(48), Softmax(Axis = 1), Transpose(1, 0), Dense(100), Softplus] public sealed partial class N;",
    ];

    [Theory]
    [MemberData(nameof(Large))]
    public void No_method_of_a_large_network_is_larger_than_compilers_bear(string declaration)
    {
        CompiledSource source = CompiledSource.Load(declaration);
        Bear(source.Generated.Values);
        Agreement.Check(source, "N", 1, 3);
    }

    [Fact]
    public void No_method_of_a_random_network_is() => Assert.All(NetworkGroup.All, group => Bear(group.Generated()));

    [Fact]
    public void No_method_that_trains_a_random_network_is() => Assert.All(NetworkGroup.Trained, group => Bear(group.Generated()));

    [Fact]
    public void No_method_of_convolutions_in_tiles_is() => Assert.All(NetworkGroup.Tiled, group => Bear(group.Generated()));

    [Fact]
    public void No_method_of_large_images_is() => Assert.All(NetworkGroup.Banded, group => Bear(group.Generated()));

    [Fact]
    public void A_thousand_layers_in_a_stack_are_hardly_more_code_than_four()
    {
        Generate(Stacked(3, ""));
        int few = Generate(Stacked(2, "")).Sum(s => s.Length);
        var watch = Stopwatch.StartNew();
        int many = Generate(Stacked(500, "")).Sum(s => s.Length);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.InRange(many, few, (int)(1.5 * few));
    }

    /// <summary>Two or three blocks that wait for the whole batch are written out one after the other, which is longer than a loop over many.</summary>
    [Fact]
    public void So_it_is_where_they_are_trained()
    {
        int two = Length(2), few = Length(4), many = Length(500);
        Assert.InRange(many, few, (int)(1.1 * few));
        Assert.InRange(many, 0, two);

        static int Length(int blocks) => Generate(Stacked(blocks, ", Train(Loss.CrossEntropy)")).Sum(s => s.Length);
    }

    private static string Stacked(int count, string reading) =>
        $"[Network, Input(3, 32, 32){reading}] [Conv2D(64, 3, Padding = 1), BatchNorm, Relu, Stack<B>({count}), GlobalAveragePool, Dense(10)] public sealed partial class N; {Block}";

    [Fact]
    public void A_hundred_layers_of_as_many_widths_compute_what_they_mean()
    {
        string layers = string.Join(", ", Enumerable.Range(0, 100).Select(i => $"Dense({20 + (i * 37 % 100)}), {(i % 2 == 0 ? "Relu" : "Tanh")}"));
        CompiledSource source = CompiledSource.Load($"[Network, Input(30)] [{layers}] public sealed partial class N;");
        Bear(source.Generated.Values);
        Agreement.Check(source, "N", 1, 7);
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(30, false)]
    public void One_sample_has_a_method_of_its_own_as_long_as_that_is_small(int layers, bool expected)
    {
        string list = string.Join(", ", Enumerable.Repeat("Dense(4), Tanh", layers));
        bool hasOne = Generate($"[Network, Input(4)] [{list}] public sealed partial class N;").Any(s => s.Contains("void Single(", StringComparison.Ordinal));
        Assert.Equal(expected, hasOne);
    }

    private static IReadOnlyList<string> Generate(string declaration)
    {
        GeneratorRunResult result = CompiledSource.Generate(Compiler.Declare(declaration)).Result;
        Assert.Null(result.Exception);
        Assert.Contains(result.GeneratedSources, s => s.HintName.Contains(".Kernels.", StringComparison.Ordinal));
        return [.. result.GeneratedSources.Select(s => s.SourceText.ToString())];
    }

    private static void Bear(IEnumerable<string> sources) => Assert.All(sources.SelectMany(MethodSize.Of), method =>
    {
        Assert.InRange(method.Products, 0, MostProducts);
        Assert.InRange(method.Operations, 0, MostOperations);
        Assert.InRange(method.Characters, 0, MostCharacters);
    });
}
