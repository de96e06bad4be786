namespace DeepGen.Ladder.Convolution;

/// <summary>Interleaved on both sides, as between two layers of a network.</summary>
[Network, Input(Shape.In, Shape.Size, Shape.Size, Layout = Layout.Hwc)]
[Conv2D(Shape.Out, 3, Padding = 1, Bias = false), Transpose(1, 2, 0)]
public sealed partial class EmittedConvolution;
