namespace DeepGen.Benchmarks;

[Network, Input(784)]
[Dense(256)]
public sealed partial class WideDense;

[Network, Input(1024)]
[Dense(1024), Relu, Dense(1024), Relu, Dense(1024), Relu, Dense(1024)]
public sealed partial class FourWideLayers;

/// <summary>Interleaved images in, channel means out: what is timed is the convolution, not a change of layout.</summary>
[Network, Input(32, 14, 14, Layout = Layout.Hwc)]
[Conv2D(64, 3, Padding = 1), GlobalAveragePool]
public sealed partial class ConvolutionInside;

/// <summary>The same convolution as PyTorch would pass it: channels first on both sides, both changes of layout included.</summary>
[Network, Input(32, 14, 14)]
[Conv2D(64, 3, Padding = 1)]
public sealed partial class ConvolutionAlone;

[Network, Input(4)]
[Dense(16), Tanh, Dense(16), Tanh, Dense(2)]
public sealed partial class TinyTanh;

[Network, Input(20)]
[Dense(16), Relu, Dense(5), Softmax]
public sealed partial class TinySoftmax;

[Network, Input(784)]
[Dense(256), Relu, Dense(128), Relu, Dense(10)]
[Train(Loss.CrossEntropy)]
public sealed partial class LearningPerceptron;

[Network, Input(1, 28, 28)]
[Conv2D(32, 3, Padding = 1), Relu, MaxPool2D(2)]
[Conv2D(64, 3, Padding = 1), Relu, MaxPool2D(2)]
[Flatten, Dense(128), Relu, Dense(10)]
[Train(Loss.CrossEntropy)]
public sealed partial class LearningConvolutions;

/// <summary>Kipf and Welling's network for Cora.</summary>
[Network, Input(1433, Sparse = true)]
[GraphConv(16), Relu, GraphConv(7)]
[Train(Loss.CrossEntropy, Masked = true)]
public sealed partial class WholeGcn;

/// <summary>The same without the rows that the loss does not need.</summary>
[Network, Input(1433, Sparse = true)]
[GraphConv(16), Relu, GraphConv(7)]
[Train(Loss.CrossEntropy, Masked = true, OnlyNeeded = true)]
public sealed partial class NeededGcn;

[Network, Input(1433, Sparse = true)]
[Dropout(0.5f), GraphConv(16), Relu, Dropout(0.5f), GraphConv(7)]
[Train(Loss.CrossEntropy, Masked = true)]
public sealed partial class DroppedGcn;

[Network, Input(1433, Sparse = true)]
[Dropout(0.5f), GraphConv(16), Relu, Dropout(0.5f), GraphConv(7)]
[Train(Loss.CrossEntropy, Masked = true, OnlyNeeded = true)]
public sealed partial class DroppedNeededGcn;

[Network, Input(256)]
[Dense(256), Relu, Dense(256), Relu, Dense(256), Relu, Dense(256)]
[Train(Loss.MeanSquaredError)]
public sealed partial class PlainRows;

[Network, Input(1, 256)]
[Dense(256), Relu, Dense(256), Relu, Dense(256), Relu, Dense(256)]
[Train(Loss.MeanSquaredError)]
public sealed partial class OneRow;

[Network, Input(2, 256)]
[Dense(256), Relu, Dense(256), Relu, Dense(256), Relu, Dense(256)]
[Train(Loss.MeanSquaredError)]
public sealed partial class TwoRows;

[Network, Input(4, 256)]
[Dense(256), Relu, Dense(256), Relu, Dense(256), Relu, Dense(256)]
[Train(Loss.MeanSquaredError)]
public sealed partial class FourRows;

[Network, Input(8, 256)]
[Dense(256), Relu, Dense(256), Relu, Dense(256), Relu, Dense(256)]
[Train(Loss.MeanSquaredError)]
public sealed partial class EightRows;

[Network, Input(16, 256)]
[Dense(256), Relu, Dense(256), Relu, Dense(256), Relu, Dense(256)]
[Train(Loss.MeanSquaredError)]
public sealed partial class SixteenRows;

[Network, Input(3, 224, 224)]
[Conv2D(32, 3, Padding = 1), Relu, MaxPool2D(2), Conv2D(32, 3, Padding = 1), Relu, MaxPool2D(2), GlobalAveragePool, Dense(10)]
public sealed partial class PooledImages;

/// <summary>Each channel by itself, then the channels of each pixel.</summary>
[Network, Input(16, 112, 112)]
[Conv2D(64, 1), Relu, Conv2D(Kernel = 3, Padding = 1, Depthwise = true), Relu, Conv2D(32, 1)]
[Conv2D(96, 1), Relu, Conv2D(Kernel = 3, Padding = 1, Depthwise = true), Relu, Conv2D(32, 1), GlobalAveragePool, Dense(10)]
public sealed partial class SeparableImages;

[Network, Input(3, 64, 64)]
[Conv2D(16, 3, Padding = 1), BatchNorm, Relu, Conv2D(16, 3, Padding = 1), BatchNorm, Relu, GlobalAveragePool, Dense(10)]
[Train(Loss.CrossEntropy)]
public sealed partial class NormalizedImages;

[Network, Input(3, 32, 32)]
[Conv2D(32, 3, Padding = 1), Relu, MaxPool2D(2), Conv2D(48, 3, Padding = 1), Relu, MaxPool2D(2), Flatten, Dense(10)]
[Train(Loss.CrossEntropy)]
public sealed partial class PooledRelu;

/// <summary>LeNet's layers.</summary>
[Network, Input(1, 28, 28)]
[Conv2D(6, 5, Padding = 2), Tanh, MaxPool2D(2), Conv2D(16, 5), Tanh, MaxPool2D(2), Flatten, Dense(120), Tanh, Dense(84), Tanh, Dense(10)]
[Train(Loss.CrossEntropy)]
public sealed partial class PooledTanh;

[Network, Input(8, 512)]
[Conv1D(32, 5, Padding = 2), Relu, MaxPool1D(2), Conv1D(48, 5, Padding = 2), Relu, MaxPool1D(2), Flatten, Dense(10)]
[Train(Loss.CrossEntropy)]
public sealed partial class PooledSignals;
