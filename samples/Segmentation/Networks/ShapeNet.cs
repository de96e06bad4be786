using DeepGen;
using DeepGen.Runtime;
using static DeepGen.Ops;

namespace Segmentation.Networks;

/// <summary>A U-Net: for every pixel of a grey 48x48 image four scores, for the background and three kinds of shapes.</summary>
[Network, Train(Loss.CrossEntropy)]
public sealed partial class ShapeNet
{
    [Conv2D(12, 3, Padding = 1), BatchNorm, Relu, Conv2D(Kernel = 3, Padding = 1), BatchNorm, Relu]
    private partial Tensor Down1(Tensor x);

    [Conv2D(24, 3, Padding = 1), BatchNorm, Relu, Conv2D(Kernel = 3, Padding = 1), BatchNorm, Relu]
    private partial Tensor Down2(Tensor x);

    [Conv2D(48, 3, Padding = 1), BatchNorm, Relu, Conv2D(Kernel = 3, Padding = 1), BatchNorm, Relu]
    private partial Tensor Down3(Tensor x);

    [Conv2D(48, 3, Padding = 1), BatchNorm, Relu]
    private partial Tensor Middle(Tensor x);

    [ConvTranspose2D(24, 2, Stride = 2)]
    private partial Tensor Grow3(Tensor x);

    [Conv2D(24, 3, Padding = 1), BatchNorm, Relu]
    private partial Tensor Up3(Tensor x);

    [ConvTranspose2D(24, 2, Stride = 2)]
    private partial Tensor Grow2(Tensor x);

    [Conv2D(24, 3, Padding = 1), BatchNorm, Relu]
    private partial Tensor Up2(Tensor x);

    [ConvTranspose2D(12, 2, Stride = 2)]
    private partial Tensor Grow1(Tensor x);

    [Conv2D(12, 3, Padding = 1), BatchNorm, Relu, Conv2D(4, 1)]
    private partial Tensor Up1(Tensor x);

    private Tensor Forward([Shape(1, 48, 48)] Tensor x)
    {
        var fine = Down1(x);
        var half = Down2(MaxPool2D(fine, 2));
        var quarter = Down3(MaxPool2D(half, 2));
        var whole = Middle(MaxPool2D(quarter, 2));
        var up = Up3(Concat(Grow3(whole), quarter));
        up = Up2(Concat(Grow2(up), half));
        return Up1(Concat(Grow1(up), fine));
    }
}
