namespace DeepGen.Models;

/// <summary>
/// ResNet-20 for colour images of 32x32 values and ten classes (He et al. 2016, section 4.2): three stages of 3 blocks with 16, 32 and 64
/// channels.
/// </summary>
[Network, Input(3, 32, 32)]
[Conv2D(16, 3, Padding = 1, Bias = false), BatchNorm, Relu]
[Stack<ResidualBlock>(3)]
[Use<HalvingResidualBlock>, Stack<ResidualBlock>(2)]
[Use<HalvingResidualBlock>, Stack<ResidualBlock>(2)]
[GlobalAveragePool, Dense(10)]
[Train(Loss.CrossEntropy)]
public sealed partial class ResNet20;
