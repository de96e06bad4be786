using DeepGen.Compiled.Tests.Support;

namespace DeepGen.Compiled.Tests.Training;

/// <summary>Compiled gradients, losses, outputs and statistics against the graph in double precision.</summary>
public sealed class GradientTests
{
    public static TheoryData<string> Declarations => new(
        "[Network, Input(7), Dense(5), Train(Loss.MeanSquaredError)]",
        "[Network, Input(20), Dense(33), Relu, Dense(17), Tanh, Dense(10), Train(Loss.CrossEntropy)]",
        "[Network, Input(64), Dense(64), Gelu, Dense(40), Sigmoid, Dense(3), Train(Loss.Huber)]",
        "[Network, Input(5, 12), Dense(9), Silu, LayerNorm, Flatten, Dense(4), Train(Loss.CrossEntropy)]",
        "[Network, Input(1, 9, 8), Conv2D(6, 3), Relu, Flatten, Dense(4), Train(Loss.CrossEntropy)]",
        "[Network, Input(3, 8, 8), Conv2D(16, 3, Padding = 1), Relu, MaxPool2D(2), Conv2D(20, 3, Padding = 1), Relu, MaxPool2D(2), Flatten, Dense(32), Relu, Dense(10), Train(Loss.CrossEntropy)]",
        "[Network, Input(1, 11, 13), Conv2D(17, 5, Padding = 2), Relu, MaxPool2D(2), Conv2D(24, 3, Stride = 2, Padding = 1), Relu, MaxPool2D(2), Flatten, Dense(5), Train(Loss.CrossEntropy)]",
        "[Network, Input(9, 18, 20), Conv2D(33, 3), MaxPool2D(2, Stride = 3), Relu, Conv2D(16, 3, Padding = 1), Relu, MaxPool2D(2), MaxPool2D(2), Flatten, Dense(5), Train(Loss.CrossEntropy)]",
        "[Network, Input(2, 13, 9), Conv2D(12, 3, Padding = 1), Relu, MaxPool2D(3), Conv2D(18, 2, Padding = 1), BatchNorm, Relu, MaxPool2D(2), Flatten, Dense(5), Train(Loss.CrossEntropy)]",
        "[Network, Input(3, 16, 12), Conv2D(8, 3, Padding = 1), Relu, MaxPool2D(2), Conv2D(24, 3, Padding = 1), Relu, MaxPool2D(2), Conv2D(40, 3, Padding = 1), Relu, MaxPool2D(2), Flatten, Dense(8), Train(Loss.CrossEntropy)]",
        "[Network, Input(3, 7, 9), Conv2D(8, 3, Padding = 1), BatchNorm, Relu, Conv2D(Kernel = 5, Padding = 2, Depthwise = true), Silu, Conv2D(24, 3, Stride = 2), Relu, GlobalAveragePool, Dense(40), Relu, Dense(3), Train(Loss.CrossEntropy)]",
        "[Network, Input(8, 5, 13), Conv2D(24, 5, Padding = 2), BatchNorm, Silu, Conv2D(40, 3, Stride = 2, Padding = 1), Tanh, Conv2D(9, 4, Padding = 2), GlobalAveragePool, Dense(5), Train(Loss.CrossEntropy)]",
        "[Network, Input(4, 9, 9), Conv2D(8, 3, Stride = 2, Padding = 1), Elu, Conv2D(8, 3, Groups = 8, Padding = 1), Relu, Conv2D(12, 1), GlobalAveragePool, Dense(5), Train(Loss.CrossEntropy)]",
        "[Network, Input(2, 10, 7), Conv2D(17, 5, Padding = 4, Dilation = 2), LeakyRelu, AveragePool2D(2), Conv2D(6, 3, Groups = 1), Flatten, Dense(3), Train(Loss.L1)]",
        "[Network, Input(6), Dense(8), BatchNorm, Relu, Dense(3), Train(Loss.CrossEntropy)]",
        "[Network, Input(3, 6, 6), Conv2D(8, 3, Padding = 1, Bias = false), BatchNorm, Relu, Conv2D(8, 3, Padding = 1, Stride = 2), BatchNorm, Relu, GlobalAveragePool, Dense(4), Train(Loss.CrossEntropy)]",
        "[Network, Input(3, 6, 6), Conv2D(8, 3, Padding = 1), GroupNorm(2), Relu, MaxPool2D(3, Stride = 2, Padding = 1), Flatten, Dense(4), Train(Loss.BinaryCrossEntropy)]",
        "[Network, Input(16), Dense(16), Relu, Dense(16), Train(Loss.CrossEntropy)]",
        "[Network, Input(1024), Dense(40), Relu, Dense(130), Train(Loss.CrossEntropy)]",
        "[Network, Input(6), Dense(16), Stack<DenseBlock>(3), Dense(4), Train(Loss.CrossEntropy)]",
        "[Network, Input(6), Dense(9), Stack<DenseBlock>(4, Checkpoint = true), Dense(4), Train(Loss.CrossEntropy)]",
        "[Network, Input(2), Stack<PlainBlock>(2), Relu, Train(Loss.L1)]",
        "[Network, Input(1, 9), Dense(16), Relu, Dense(20), Tanh, Flatten, Dense(3), Train(Loss.CrossEntropy)]",
        "[Network, Input(1, 127), Dense(9), Train(Loss.L1)]",
        "[Network, Input(2, 7), Dense(40), Relu, Dense(5), Train(Loss.MeanSquaredError)]",
        "[Network, Input(3, 32), Dense(16), LayerNorm, Gelu, Dense(16), Relu, Flatten, Dense(3), Train(Loss.CrossEntropy)]",
        "[Network, Input(4, 17), Dense(33), Relu, Stack<DenseBlock>(3), Flatten, Dense(4), Train(Loss.CrossEntropy)]",
        "[Network, Input(8, 16), Dense(48, Bias = false), Relu, Dense(7), Train(Loss.L1)]",
        "[Network, Input(9, 16), Dense(48), Relu, Dense(7), Train(Loss.L1)]",
        "[Network, Input(6), Dense(9), Stack<PlainBlock>(3), Dense(4), Train(Loss.CrossEntropy)]",
        "[Network, Input(6), Dense(8), Stack<NestedBlock>(3), Dense(4), Train(Loss.CrossEntropy)]",
        "[Network, Input(6), Dense(8), Stack<DroppingBlock>(3), Dense(4), Train(Loss.CrossEntropy)]",
        "[Network, Input(2, 5, 6), Conv2D(8, 3, Padding = 1), Stack<ImageBlock>(4), GlobalAveragePool, Dense(4), Train(Loss.CrossEntropy)]",
        "[Network, Input(2, 5, 6), Conv2D(5, 3, Padding = 1), Stack<ImageBlock>(3), GlobalAveragePool, Dense(4), Train(Loss.CrossEntropy)]",
        "[Network, Input(2, 5, 6), Conv2D(5, 3, Padding = 1), Stack<ImagesBlock>(5), GlobalAveragePool, Dense(4), Train(Loss.CrossEntropy)]",
        "[Network, Input(6), Dense(8), Relu, Dense(5), Train(Loss.CrossEntropy, Certified = true)]",
        "[Network, Input(1, 8, 8), Conv2D(4, 4, Stride = 2), Relu, Flatten, Dense(8), Relu, Dense(5), Train(Loss.CrossEntropy, Certified = true, Lowest = 0, Highest = 1)]",
        "[Network, Input(12), Dense(16), Dropout(0.3f), Relu, Dense(3), Train(Loss.CrossEntropy)]",
        "[Network, Input(1, 97, 131), Conv2D(4, 3, Padding = 1), Relu, Conv2D(3, 5, Padding = 4, Dilation = 2), GlobalAveragePool, Dense(3), Train(Loss.L1)]",
        "[Network, Input(1, 180, 300), Conv2D(3, 5, Padding = 2, Stride = 2), Relu, Conv2D(2, 3, Padding = 2), GlobalAveragePool, Dense(3), Train(Loss.L1)]",
        "[Network, Input(2, 9001), Conv1D(3, 9, Padding = 4), Relu, Flatten, Dense(2), Train(Loss.L1)]",
        "[Network, Input(9, 20), LearnedPositions, Gelu, Dense(33), Train(Loss.L1)]",
        "[Network, Input(40, 260), LearnedPositions, Dense(120), Relu, Dropout(0.5f), Dense(3), Train(Loss.L1)]");

    private const string Blocks = """
        [Block, Residual]
        [Dense, Relu, Dense(Init = Initial.Zeros)]
        public sealed partial class DenseBlock;

        [Block]
        [Dense(Bias = false)]
        public sealed partial class PlainBlock;

        [Block, Residual]
        [Conv2D(Kernel = 3, Padding = 1), BatchNorm, Relu]
        [Conv2D(Kernel = 3, Padding = 1), BatchNorm]
        public sealed partial class ImageBlock;

        [Block]
        [Stack<ImageBlock>(2), Tanh]
        public sealed partial class ImagesBlock;

        [Block]
        [Stack<DenseBlock>(2), Tanh]
        public sealed partial class NestedBlock;

        [Block, Residual]
        [Dense, Dropout(0.2f), Relu]
        public sealed partial class DroppingBlock;
        """;

    [Theory]
    [MemberData(nameof(Declarations))]
    public void Gradients_are_those_of_the_graph(string declaration)
    {
        CompiledSource source = CompiledSource.Load(declaration + "\npublic sealed partial class Net;\n" + Blocks);
        foreach (int batch in new[] { 1, 2, 7, 16, 40 })
        {
            string? difference = new TrainedNetwork(source.Create("Net"), batch).Difference();
            Assert.True(difference is null, $"{declaration}, batch {batch}: {difference}");
        }
    }

    /// <summary>Sums over more samples than one piece has, of more rows than one piece, of columns that fill no last vector.</summary>
    [Theory]
    [InlineData(256)]
    [InlineData(300)]
    public void Gradients_of_large_batches_are_those_of_the_graph(int batch)
    {
        CompiledSource source = CompiledSource.Load(
            "[Network, Input(250), Dense(133), Relu, Dense(70), Tanh, Dense(7), Train(Loss.CrossEntropy)] public sealed partial class Net;");
        Assert.Null(new TrainedNetwork(source.Create("Net"), batch).Difference());
    }

    [Fact]
    public void A_parameter_that_the_loss_does_not_depend_on_has_no_gradient()
    {
        CompiledSource source = CompiledSource.Load("""
            [Network, Train(Loss.CrossEntropy, Output = "First")]
            public sealed partial class Net
            {
                [Dense(5)] private partial Tensor Used(Tensor x);
                [Dense(5)] private partial Tensor Cancelled(Tensor x);
                [Dense(3)] private partial Tensor Other(Tensor x);

                private (Tensor First, Tensor Second) Forward([Shape(7)] Tensor x) => (Used(x) + 0 * Cancelled(x), Other(x));
            }
            """);
        var trained = new TrainedNetwork(source.Create("Net"), 9);
        Assert.Null(trained.Difference());
        Assert.All(trained.Network.Training.Gradients["other.weight"].ToArray(), g => Assert.Equal(0, g));
    }
}
