using DeepGen.Models;

namespace DeepGen.SideBySide.Networks;

/// <summary>W3 by Winograd's algorithm, where it applies.</summary>
[Network, Input(3, 32, 32), Convolutions(ConvolutionAlgorithm.Winograd)]
[Conv2D(16, 3, Padding = 1, Bias = false), BatchNorm, Relu]
[Stack<ResidualBlock>(3)]
[Use<HalvingResidualBlock>, Stack<ResidualBlock>(2)]
[Use<HalvingResidualBlock>, Stack<ResidualBlock>(2)]
[GlobalAveragePool, Dense(10)]
[Train(Loss.CrossEntropy)]
public sealed partial class ResNet20InTiles;
