namespace DeepGen.SideBySide.Networks;

/// <summary>W1: a perceptron for MNIST.</summary>
[Network, Input(784)]
[Dense(256), Relu, Dense(128), Relu, Dense(10)]
[Train(Loss.CrossEntropy)]
public sealed partial class Mlp;

/// <summary>W8: wide layers, where little counts but the products.</summary>
[Network, Input(1024)]
[Dense(1024), Relu, Dense(1024), Relu, Dense(1024), Relu, Dense(1024), Relu]
[Train(Loss.MeanSquaredError)]
public sealed partial class WideMlp;

/// <summary>W9: as small as the policy of a pole that is to be balanced, where the call itself counts.</summary>
[Network, Input(4)]
[Dense(16), Tanh, Dense(16), Tanh, Dense(2)]
public sealed partial class TinyMlp;
