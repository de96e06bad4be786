using DeepGen.Runtime;
using static DeepGen.Ops;

namespace DeepGen.Models;

/// <summary>
/// A U-Net for grey images of 128x128 values (Ronneberger et al. 2015): down twice and up again, with a way across at each size. Its
/// output is a score for every pixel, above zero where the pixel belongs to what is looked for.
/// </summary>
[Network, Train(Loss.BinaryCrossEntropy)]
public sealed partial class UNet
{
    [Conv2D(16, 3, Padding = 1), Relu, Conv2D(16, 3, Padding = 1), Relu]
    private partial Tensor Down1(Tensor x);

    [Conv2D(32, 3, Padding = 1), Relu, Conv2D(32, 3, Padding = 1), Relu]
    private partial Tensor Down2(Tensor x);

    [Conv2D(64, 3, Padding = 1), Relu, Conv2D(64, 3, Padding = 1), Relu]
    private partial Tensor Middle(Tensor x);

    [ConvTranspose2D(32, 2, Stride = 2)]
    private partial Tensor Grow2(Tensor x);

    [Conv2D(32, 3, Padding = 1), Relu, Conv2D(32, 3, Padding = 1), Relu]
    private partial Tensor Up2(Tensor x);

    [ConvTranspose2D(16, 2, Stride = 2)]
    private partial Tensor Grow1(Tensor x);

    [Conv2D(16, 3, Padding = 1), Relu, Conv2D(16, 3, Padding = 1), Relu]
    private partial Tensor Up1(Tensor x);

    [Conv2D(1, 1)]
    private partial Tensor Last(Tensor x);

    private Tensor Forward([Shape(1, 128, 128)] Tensor x)
    {
        var fine = Down1(x);
        var coarse = Down2(MaxPool2D(fine, 2));
        var middle = Middle(MaxPool2D(coarse, 2));
        var up = Up2(Concat(Grow2(middle), coarse));
        return Last(Up1(Concat(Grow1(up), fine)));
    }
}
