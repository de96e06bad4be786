namespace DeepGen.Torch.Tests.Networks;

// The networks of reference.py that images and signals grow in again.

[Network, Train(Loss.CrossEntropy)]
public sealed partial class SmallUNet
{
    [Conv2D(8, 3, Padding = 1), Relu, Conv2D(8, 3, Padding = 1), Relu]
    private partial Tensor Down(Tensor x);

    [Conv2D(16, 3, Padding = 1), Relu, Conv2D(16, 3, Padding = 1), Relu]
    private partial Tensor Middle(Tensor x);

    [ConvTranspose2D(8, 2, Stride = 2)]
    private partial Tensor Up(Tensor x);

    [Conv2D(8, 3, Padding = 1), Relu, Conv2D(3, 1)]
    private partial Tensor End(Tensor x);

    private Tensor Forward([Shape(1, 16, 12)] Tensor x)
    {
        var fine = Down(x);
        return End(Ops.Concat(Up(Middle(Ops.MaxPool2D(fine, 2))), fine));
    }
}

[Network, Input(4, 5, 6)]
[ConvTranspose2D(6, 4, Stride = 2, Padding = 1), Relu6]
[ConvTranspose2D(8, 3, Stride = 2, Padding = 1, OutputPadding = 1, Groups = 2, Bias = false), InstanceNorm(Affine = true), Relu]
[Conv2D(8, 3, Stride = 2, Padding = 1), PixelShuffle(2), Upsample2D(2, Mode = UpsampleMode.Bilinear)]
[Conv2D(6, 3), GlobalAveragePool, Dense(10)]
[Train(Loss.CrossEntropy)]
public sealed partial class Transposed;

[Network, Input(3, 20)]
[Conv1D(8, 3, Causal = true, Dilation = 2), Relu, Conv1D(8, 3, Padding = 2, PaddingMode = PaddingMode.Reflect), Relu, MaxPool1D(2)]
[ConvTranspose1D(6, 4, Stride = 2, Padding = 1), Tanh, Conv1D(4, 5, Stride = 2, Groups = 2)]
[Flatten, Dense(10)]
[Train(Loss.CrossEntropy)]
public sealed partial class Signals;

[Block, Residual]
[Conv2D(Kernel = 1, Expand = 4, Bias = false), BatchNorm, Relu6]
[Conv2D(Kernel = 3, Padding = 1, Depthwise = true, PaddingMode = PaddingMode.Replicate, Bias = false), BatchNorm, Relu6]
[Conv2D(Kernel = 1, Shrink = 4, Bias = false), BatchNorm]
public sealed partial class InvertedResidual;

[Network, Input(3, 9, 8)]
[Conv2D(8, 3, Padding = 1, PaddingMode = PaddingMode.Circular, Bias = false), BatchNorm, Relu6, Use<InvertedResidual>]
[GlobalAveragePool, Dense(10)]
[Train(Loss.CrossEntropy)]
public sealed partial class InvertedResiduals;
