using DeepGen;

namespace Digits.Networks;

/// <summary>A convolutional network for grey 28x28 images: ten scores, one per digit.</summary>
[Network, Input(1, 28, 28)]
[Conv2D(32, 3, Padding = 1), Relu, MaxPool2D(2)]
[Conv2D(64, 3, Padding = 1), Relu, MaxPool2D(2)]
[Flatten, Dense(128), Relu, Dense(10)]
[Train(Loss.CrossEntropy), Certify]
public sealed partial class DigitNet;
