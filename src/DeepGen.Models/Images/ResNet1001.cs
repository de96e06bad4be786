using DeepGen.Runtime;
using static DeepGen.Ops;

namespace DeepGen.Models;

/// <summary>
/// ResNet-1001 for colour images of 32x32 values and ten classes (He et al. 2016, Identity Mappings): three stages of 111 bottlenecks,
/// normalised before they convolve. The code of a stage is that of one of them.
/// </summary>
[Network, Input(3, 32, 32)]
[Conv2D(16, 3, Padding = 1, Bias = false)]
[Use<WideningBottleneck>, Stack<Bottleneck>(110)]
[Use<HalvingBottleneck>, Stack<Bottleneck>(110)]
[Use<HalvingBottleneck>, Stack<Bottleneck>(110)]
[BatchNorm, Relu, GlobalAveragePool, Dense(10)]
[Train(Loss.CrossEntropy)]
public sealed partial class ResNet1001;

/// <summary>x + three convolutions of x, of which the middle one sees a quarter of the channels.</summary>
[Block, Residual]
[BatchNorm, Relu, Conv2D(Kernel = 1, Shrink = 4, Bias = false)]
[BatchNorm, Relu, Conv2D(Kernel = 3, Padding = 1, Bias = false)]
[BatchNorm, Relu, Conv2D(Kernel = 1, Expand = 4, Bias = false)]
public sealed partial class Bottleneck;

/// <summary>The first bottleneck of the network: four times the channels.</summary>
[Block]
public sealed partial class WideningBottleneck
{
    [BatchNorm, Relu]
    private partial Tensor Enter(Tensor x);

    [Conv2D(Kernel = 1, Bias = false), BatchNorm, Relu, Conv2D(Kernel = 3, Padding = 1, Bias = false), BatchNorm, Relu, Conv2D(Kernel = 1, Expand = 4, Bias = false)]
    private partial Tensor Body(Tensor x);

    [Conv2D(Kernel = 1, Expand = 4, Bias = false)]
    private partial Tensor Shortcut(Tensor x);

    private Tensor Forward(Tensor x)
    {
        var entered = Enter(x);
        return Body(entered) + Shortcut(entered);
    }
}

/// <summary>The first bottleneck of a later stage: twice the channels and half the height and width.</summary>
[Block]
public sealed partial class HalvingBottleneck
{
    [BatchNorm, Relu]
    private partial Tensor Enter(Tensor x);

    [Conv2D(Kernel = 1, Shrink = 2, Bias = false), BatchNorm, Relu, Conv2D(Kernel = 3, Padding = 1, Stride = 2, Bias = false), BatchNorm, Relu, Conv2D(Kernel = 1, Expand = 4, Bias = false)]
    private partial Tensor Body(Tensor x);

    [Conv2D(Kernel = 1, Stride = 2, Expand = 2, Bias = false)]
    private partial Tensor Shortcut(Tensor x);

    private Tensor Forward(Tensor x)
    {
        var entered = Enter(x);
        return Body(entered) + Shortcut(entered);
    }
}
