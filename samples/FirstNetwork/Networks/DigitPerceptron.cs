using DeepGen;

namespace FirstNetwork.Networks;

/// <summary>The same task without convolutions: a multilayer perceptron whose outputs are probabilities.</summary>
[Network, Input(784)]
[Dense(64), Relu, Dense(32), Relu, Dense(10), Softmax]
[Certify]
public sealed partial class DigitPerceptron;
