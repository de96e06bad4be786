namespace Networks;

[Block, Residual]
[Dense, Relu, Dense(Init = Initial.Zeros)]
public sealed partial class GatedBlock;

/// <summary>1001 layers below the scores.</summary>
[Network, Input(64)]
[Dense(32), Relu, Stack<GatedBlock>(500), Dense(10)]
[Train(Loss.CrossEntropy)]
public sealed partial class ResNet1001;
