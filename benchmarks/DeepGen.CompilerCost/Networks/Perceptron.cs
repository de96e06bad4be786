namespace Networks;

[Network, Input(784)]
[Dense(256), Relu, Dense(128), Relu, Dense(10)]
[Train(Loss.CrossEntropy)]
public sealed partial class Perceptron;
