namespace DeepGen.Ladder.Pooling;

/// <summary>A first layer, interleaved on both sides.</summary>
[Network, Input(3, 34, 34, Layout = Layout.Hwc)]
[Conv2D(32, 3), Relu, MaxPool2D(2), Transpose(1, 2, 0)]
public sealed partial class EmittedFirst;

/// <summary>A later one.</summary>
[Network, Input(32, 18, 18, Layout = Layout.Hwc)]
[Conv2D(64, 3), Relu, MaxPool2D(2), Transpose(1, 2, 0)]
public sealed partial class EmittedLater;
