namespace DeepGen.Ladder.Gemm;

[Network, Input(Shape.Depth)]
[Dense(Shape.Columns), Relu]
public sealed partial class EmittedDense;
