namespace DeepGen.SideBySide.Networks;

/// <summary>W2 by Winograd's algorithm.</summary>
[Network, Input(1, 28, 28), Convolutions(ConvolutionAlgorithm.Winograd)]
[Conv2D(32, 3, Padding = 1), Relu, MaxPool2D(2)]
[Conv2D(64, 3, Padding = 1), Relu, MaxPool2D(2)]
[Flatten, Dense(128), Relu, Dense(10)]
[Train(Loss.CrossEntropy)]
public sealed partial class CnnInTiles;
