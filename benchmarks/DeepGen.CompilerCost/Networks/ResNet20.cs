using static DeepGen.Ops;

namespace Networks;

/// <summary>The one for images of 32 x 32, with projections where they are halved.</summary>
[Network, Input(3, 32, 32)]
[Conv2D(16, 3, Padding = 1, Bias = false), BatchNorm, Relu]
[Stack<SameSize>(3)]
[Use<HalfSize>, Stack<SameSize>(2)]
[Use<HalfSize>, Stack<SameSize>(2)]
[GlobalAveragePool, Dense(10)]
[Train(Loss.CrossEntropy)]
public sealed partial class ResNet20;

[Block]
public sealed partial class SameSize
{
    [Conv2D(Kernel = 3, Padding = 1, Bias = false), BatchNorm, Relu]
    [Conv2D(Kernel = 3, Padding = 1, Bias = false), BatchNorm]
    private partial Tensor Body(Tensor x);

    private Tensor Forward(Tensor x) => Relu(Body(x) + x);
}

/// <summary>Half as high and wide, twice as many channels.</summary>
[Block]
public sealed partial class HalfSize
{
    [Conv2D(Kernel = 3, Expand = 2, Stride = 2, Padding = 1, Bias = false), BatchNorm, Relu]
    [Conv2D(Kernel = 3, Padding = 1, Bias = false), BatchNorm]
    private partial Tensor Body(Tensor x);

    [Conv2D(Kernel = 1, Expand = 2, Stride = 2, Bias = false), BatchNorm]
    private partial Tensor Shortcut(Tensor x);

    private Tensor Forward(Tensor x) => Relu(Body(x) + Shortcut(x));
}
