using DeepGen.Compiled.Tests.Support;

namespace DeepGen.Compiled.Tests;

/// <summary>Whole networks through the compiler, against the reference.</summary>
public sealed class DeclaredNetworksTests
{
    [Theory]
    [InlineData("a_single_layer", "[Network, Input(5)] [Dense(3)] public sealed partial class N;")]
    [InlineData("a_perceptron", "[Network, Input(784)] [Dense(256), Relu, Dense(10), Softmax] public sealed partial class N;")]
    [InlineData("odd_sizes", "[Network, Input(17)] [Dense(33), Tanh, Dense(1), Sigmoid, Dense(47), Gelu, Dense(5)] public sealed partial class N;")]
    [InlineData("a_tiny_controller", "[Network, Input(4)] [Dense(16), Tanh, Dense(16), Tanh, Dense(2)] public sealed partial class N;")]
    [InlineData("the_readme_network", "[Network, Input(1, 28, 28)] [Conv2D(32, 3, Padding = 1), Relu, MaxPool2D(2)] [Conv2D(64, 3, Padding = 1), Relu, MaxPool2D(2)] [Flatten, Dense(128), Relu, Dense(10)] public sealed partial class N;")]
    [InlineData("odd_images", "[Network, Input(3, 9, 7)] [Conv2D(17, 3, Padding = 1, Stride = 2), BatchNorm, Relu, Conv2D(5, 2), Silu, AveragePool2D(2), Flatten, Dense(3)] public sealed partial class N;")]
    [InlineData("depthwise", "[Network, Input(6, 8, 8)] [Conv2D(Kernel = 3, Padding = 1, Depthwise = true), BatchNorm, Relu, Conv2D(10, 1), GlobalAveragePool] public sealed partial class N;")]
    [InlineData("half_vectors", "[Network, Input(3, 9, 7)] [Conv2D(8, 3, Padding = 1), Silu, Conv2D(Kernel = 5, Padding = 2, Depthwise = true), BatchNorm, LeakyRelu, Conv2D(24, 1), AveragePool2D(3, Stride = 1, Padding = 1), MaxPool2D(2), Conv2D(17, 2), Gelu, Flatten, Dense(40), Relu, Dense(8)] public sealed partial class N;")]
    [InlineData("borders", "[Network, Input(8, 6, 13)] [Conv2D(24, 5, Padding = 2), Relu, Conv2D(40, 3, Stride = 2, Padding = 1), Tanh, Conv2D(17, 4, Padding = 2), Conv2D(8, KernelHeight = 1, KernelWidth = 3, Padding = 1)] public sealed partial class N;")]
    [InlineData("more_border_than_image", "[Network, Input(16, 2, 2)] [Conv2D(32, 5, Padding = 2), Relu, Conv2D(9, 7, Padding = 4), Conv2D(16, 3, Stride = 3, Padding = 2)] public sealed partial class N;")]
    [InlineData("groups", "[Network, Input(8, 5, 5)] [Conv2D(32, 3, Padding = 1, Groups = 2), GroupNorm(4), Conv2D(12, 3, Groups = 4, Dilation = 2)] public sealed partial class N;")]
    [InlineData("sequences", "[Network, Input(5, 12)] [LayerNorm, Dense(7), Elu, Transpose(1, 0), LogSoftmax, Dense(3)] public sealed partial class N;")]
    [InlineData("upsampling", "[Network, Input(2, 4, 3)] [Upsample2D(2), Conv2D(3, 3, Padding = 1), HardTanh, MaxPool2D(3, Stride = 2, Padding = 1), Softplus, LeakyRelu(0.2f)] public sealed partial class N;")]
    [InlineData("transposed_convolutions", "[Network, Input(5, 4, 3)] [ConvTranspose2D(16, 2, Stride = 2), Relu, ConvTranspose2D(6, 4, Stride = 2, Padding = 1), ConvTranspose2D(Kernel = 3, Stride = 2, Groups = 2, OutputPadding = 1), Tanh] public sealed partial class N;")]
    [InlineData("resizing", "[Network, Input(4, 5, 6)] [Upsample2D(2, Mode = UpsampleMode.Bilinear), Pad2D(2, Mode = PaddingMode.Reflect), Conv2D(8, 3, Padding = 1, PaddingMode = PaddingMode.Circular), Relu6, PixelShuffle(2), InstanceNorm] public sealed partial class N;")]
    [InlineData("signals", "[Network, Input(2, 32)] [Conv1D(16, 5, Causal = true), Relu, Conv1D(Kernel = 3, Causal = true, Dilation = 4), BatchNorm, Relu, MaxPool1D(2), Conv1D(Kernel = 3, Padding = 1, Depthwise = true), InstanceNorm(Affine = true), ConvTranspose1D(2, 2, Stride = 2)] public sealed partial class N;")]
    [InlineData("a_u", """
        [Network]
        public sealed partial class N
        {
            [Conv2D(16, 3, Padding = 1), Relu, Conv2D(Kernel = 3, Padding = 1), Relu] private partial Tensor Down(Tensor x);
            [Conv2D(32, 3, Padding = 1), Relu] private partial Tensor Middle(Tensor x);
            [ConvTranspose2D(16, 2, Stride = 2)] private partial Tensor Up(Tensor x);
            [Conv2D(16, 3, Padding = 1), Relu, Conv2D(1, 1)] private partial Tensor End(Tensor x);

            private Tensor Forward([Shape(3, 8, 12)] Tensor x)
            {
                var fine = Down(x);
                return End(Concat(Up(Middle(MaxPool2D(fine, 2))), fine));
            }
        }
        """)]
    [InlineData("a_residual_stack", "[Network, Input(3, 8, 8)] [Conv2D(16, 3, Padding = 1), BatchNorm, Relu, Stack<B>(5), GlobalAveragePool, Dense(10)] public sealed partial class N; [Block, Residual] [Conv2D(Kernel = 3, Padding = 1), BatchNorm, Relu, Conv2D(Kernel = 3, Padding = 1), BatchNorm] public sealed partial class B;")]
    [InlineData("nineteen_convolutions_in_tiles", "[Network, Input(3, 16, 16), Convolutions(ConvolutionAlgorithm.Winograd)] [Conv2D(16, 3, Padding = 1), BatchNorm, Relu, Stack<B>(9), GlobalAveragePool, Dense(10)] public sealed partial class N; [Block, Residual] [Conv2D(Kernel = 3, Padding = 1), BatchNorm, Relu, Conv2D(Kernel = 3, Padding = 1), BatchNorm] public sealed partial class B;")]
    [InlineData("a_dense_stack", "[Network, Input(20)] [Dense(24), Stack(typeof(B), 4), Dense(2)] public sealed partial class N; [Block, Residual] [Dense(Expand = 2), Relu, Dense(24)] public sealed partial class B;")]
    [InlineData("a_siamese_graph", """
        [Network]
        public sealed partial class N
        {
            [Dense(64)] private partial Tensor Encode(Tensor x);
            [Dense(1)] private partial Tensor Score(Tensor x);

            private (Tensor Score, Tensor Code) Forward([Shape(100)] Tensor left, [Shape(100)] Tensor right)
            {
                var a = Relu(Encode(left));
                var b = Relu(Encode(right));
                for (int i = 0; i < 3; i++) a = a + 0.1f * b;
                return (Score(Concat(a, b)), a);
            }
        }
        """)]
    public void A_declared_network_computes_what_it_means(string name, string declaration)
    {
        Assert.NotEmpty(name);
        Agreement.Check(CompiledSource.Load(declaration), "N", 1, 2, 3, 7, 64);
    }
}
