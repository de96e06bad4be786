namespace DeepGen.Models;

/// <summary>
/// MobileNetV2 for colour images of 32x32 values and ten classes (Sandler et al. 2018), which halves the image three times instead of
/// five. Where a block changes its shape, nothing goes around it: its layers stand here.
/// </summary>
[Network, Input(3, 32, 32)]
[Conv2D(32, 3, Padding = 1, Bias = false), BatchNorm, Relu6]
[Conv2D(Kernel = 3, Padding = 1, Depthwise = true, Bias = false), BatchNorm, Relu6, Conv2D(16, 1, Bias = false), BatchNorm]
[Conv2D(Kernel = 1, Expand = 6, Bias = false), BatchNorm, Relu6]
[Conv2D(Kernel = 3, Padding = 1, Depthwise = true, Bias = false), BatchNorm, Relu6, Conv2D(24, 1, Bias = false), BatchNorm]
[Use<InvertedResidual>]
[Conv2D(Kernel = 1, Expand = 6, Bias = false), BatchNorm, Relu6]
[Conv2D(Kernel = 3, Padding = 1, Stride = 2, Depthwise = true, Bias = false), BatchNorm, Relu6, Conv2D(32, 1, Bias = false), BatchNorm]
[Stack<InvertedResidual>(2)]
[Conv2D(Kernel = 1, Expand = 6, Bias = false), BatchNorm, Relu6]
[Conv2D(Kernel = 3, Padding = 1, Stride = 2, Depthwise = true, Bias = false), BatchNorm, Relu6, Conv2D(64, 1, Bias = false), BatchNorm]
[Stack<InvertedResidual>(3)]
[Conv2D(Kernel = 1, Expand = 6, Bias = false), BatchNorm, Relu6]
[Conv2D(Kernel = 3, Padding = 1, Depthwise = true, Bias = false), BatchNorm, Relu6, Conv2D(96, 1, Bias = false), BatchNorm]
[Stack<InvertedResidual>(2)]
[Conv2D(Kernel = 1, Expand = 6, Bias = false), BatchNorm, Relu6]
[Conv2D(Kernel = 3, Padding = 1, Stride = 2, Depthwise = true, Bias = false), BatchNorm, Relu6, Conv2D(160, 1, Bias = false), BatchNorm]
[Stack<InvertedResidual>(2)]
[Conv2D(Kernel = 1, Expand = 6, Bias = false), BatchNorm, Relu6]
[Conv2D(Kernel = 3, Padding = 1, Depthwise = true, Bias = false), BatchNorm, Relu6, Conv2D(320, 1, Bias = false), BatchNorm]
[Conv2D(1280, 1, Bias = false), BatchNorm, Relu6, GlobalAveragePool, Dropout(0.2f), Dense(10)]
[Train(Loss.CrossEntropy)]
public sealed partial class MobileNetV2;

/// <summary>x + a narrow convolution of a depthwise one of a wide one of x: wide inside and narrow outside.</summary>
[Block, Residual]
[Conv2D(Kernel = 1, Expand = 6, Bias = false), BatchNorm, Relu6]
[Conv2D(Kernel = 3, Padding = 1, Depthwise = true, Bias = false), BatchNorm, Relu6]
[Conv2D(Kernel = 1, Shrink = 6, Bias = false), BatchNorm]
public sealed partial class InvertedResidual;
