namespace DeepGen.Learning.Networks;

[Network, Input(784)]
[Dense(256), Relu, Dense(10)]
[Train(Loss.CrossEntropy)]
public sealed partial class MnistPerceptron;

/// <summary>The network of the README.</summary>
[Network, Input(1, 28, 28)]
[Conv2D(32, 3, Padding = 1), Relu, MaxPool2D(2)]
[Conv2D(64, 3, Padding = 1), Relu, MaxPool2D(2)]
[Flatten, Dense(128), Relu, Dense(10)]
[Train(Loss.CrossEntropy)]
public sealed partial class MnistConvolutions;

/// <summary>The small network of Gowal et al. 2018, trained on its own bounds.</summary>
[Network, Input(1, 28, 28)]
[Conv2D(16, 4, Stride = 2), Relu]
[Conv2D(32, 4), Relu]
[Flatten, Dense(100), Relu, Dense(10)]
[Train(Loss.CrossEntropy, Certified = true, Lowest = 0, Highest = 1)]
public sealed partial class MnistCertified;

/// <summary>The same but for its last layer: bounds of what the scores are made of.</summary>
[Network, Input(1, 28, 28)]
[Conv2D(16, 4, Stride = 2), Relu]
[Conv2D(32, 4), Relu]
[Flatten, Dense(100), Relu]
[Certify]
public sealed partial class MnistCertifiedInside;
