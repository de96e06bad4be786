namespace DeepGen.Ladder.Softmax;

[Network, Input(Shape.Columns)]
[Softmax]
public sealed partial class EmittedSoftmax;
