namespace DeepGen.Torch.Tests.Networks;

// The first ten networks of reference.py, in its order: a layer has the number that it has in nn.Sequential.

[Network, Input(20)]
[Dense(32), Relu, Dense(10)]
[Train(Loss.CrossEntropy)]
public sealed partial class MlpRelu;

[Network, Input(20)]
[Dense(32), Tanh, Dense(16), Tanh, Dense(10)]
[Train(Loss.CrossEntropy)]
public sealed partial class MlpTanh;

[Network, Input(1, 12, 12)]
[Conv2D(8, 3, Padding = 1), Relu, MaxPool2D(2)]
[Conv2D(16, 3, Padding = 1), Relu, MaxPool2D(2)]
[Flatten, Dense(10)]
[Train(Loss.CrossEntropy)]
public sealed partial class ConvolutionsMaxPool;

[Block, Residual]
[Conv2D(Kernel = 3, Padding = 1, Bias = false), BatchNorm, Relu]
[Conv2D(Kernel = 3, Padding = 1, Bias = false), BatchNorm]
public sealed partial class NormalizedBlock;

[Network, Input(3, 8, 8)]
[Conv2D(8, 3, Padding = 1, Bias = false), BatchNorm, Relu]
[Use<NormalizedBlock>, Relu]
[GlobalAveragePool, Dense(10)]
[Train(Loss.CrossEntropy)]
public sealed partial class ResidualBatchNorm;

[Network, Input(4, 8, 8)]
[Conv2D(Kernel = 3, Padding = 1, Depthwise = true), Relu, Conv2D(16, 1), Relu]
[Conv2D(Kernel = 3, Padding = 1, Depthwise = true), Relu, Conv2D(24, 1), Relu]
[GlobalAveragePool, Dense(10)]
[Train(Loss.CrossEntropy)]
public sealed partial class DepthwiseSeparable;

[Network, Input(3, 8, 8)]
[Conv2D(16, 3, Padding = 1), GroupNorm(4), Silu]
[Conv2D(16, 3, Stride = 2, Padding = 1), GroupNorm(4), Silu]
[Flatten, Dense(10)]
[Train(Loss.CrossEntropy)]
public sealed partial class GroupNormConvolutions;

[Network, Input(24)]
[Dense(32), LayerNorm, Gelu, Dense(10)]
[Train(Loss.CrossEntropy)]
public sealed partial class LayerNormMlp;

[Network, Input(2, 12, 12)]
[Conv2D(8, 3, Stride = 2, Padding = 1), Relu, AveragePool2D(2)]
[Conv2D(16, 3, Padding = 1), Relu]
[Flatten, Dense(10)]
[Train(Loss.CrossEntropy)]
public sealed partial class StridedAveragePool;

[Network, Input(20)]
[Dense(128), Relu, Dense(10)]
[Train(Loss.CrossEntropy, LabelSmoothing = 0.1f, ClassWeights = [0.5f, 0.75f, 1, 1.25f, 1.5f, 1.75f, 2, 2.25f, 2.5f, 2.75f])]
public sealed partial class WideSmoothedWeighted;

[Network, Input(16)]
[Dense(32), Elu, Dense(3)]
[Train(Loss.Huber)]
public sealed partial class RegressionHuber;

[Network, Input(9, 6)]
[Rnn(16), Rnn(12, Relu = true, Output = States.Last), Dense(10)]
[Train(Loss.CrossEntropy)]
public sealed partial class RnnTwice;

[Network, Input(11, 5)]
[Gru(20, Layers = 2), Flatten, Dense(10)]
[Train(Loss.CrossEntropy)]
public sealed partial class GruStacked;

[Network, Input(12, 7)]
[Lstm(32, Output = States.Last), Dense(10)]
[Train(Loss.CrossEntropy)]
public sealed partial class LstmLast;

[Network, Input(8, 6)]
[Lstm(16, Layers = 2, Bidirectional = true, Output = States.Last), Dense(10)]
[Train(Loss.CrossEntropy)]
public sealed partial class LstmBothWays;
