using DeepGen.Runtime;
using static DeepGen.Ops;

namespace DeepGen.Models;

/// <summary>relu(x + two convolutions of x): what a residual network is made of (He et al. 2016).</summary>
[Block]
public sealed partial class ResidualBlock
{
    [Conv2D(Kernel = 3, Padding = 1, Bias = false), BatchNorm, Relu, Conv2D(Kernel = 3, Padding = 1, Bias = false), BatchNorm]
    private partial Tensor Body(Tensor x);

    private Tensor Forward(Tensor x) => Relu(Body(x) + x);
}

/// <summary>The same with twice the channels and half the height and width; the way around is a projection.</summary>
[Block]
public sealed partial class HalvingResidualBlock
{
    [Conv2D(Kernel = 3, Padding = 1, Stride = 2, Expand = 2, Bias = false), BatchNorm, Relu, Conv2D(Kernel = 3, Padding = 1, Bias = false), BatchNorm]
    private partial Tensor Body(Tensor x);

    [Conv2D(Kernel = 1, Stride = 2, Expand = 2, Bias = false), BatchNorm]
    private partial Tensor Shortcut(Tensor x);

    private Tensor Forward(Tensor x) => Relu(Body(x) + Shortcut(x));
}
