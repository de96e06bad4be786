namespace DeepGen.Learning.Networks;

[Network, Input(64)]
[Dense(64), Relu, Dense(10)]
[Train(Loss.CrossEntropy)]
public sealed partial class OptdigitsPerceptron;

/// <summary>x + W₂ relu(W₁ x + b₁) + b₂, where W₂ and b₂ are the gate: both are zero at first, so that 500 blocks begin as the identity.</summary>
[Block, Residual]
[Dense, Relu, Dense(Init = Initial.Zeros)]
public sealed partial class GatedBlock;

/// <summary>1001 layers of width 32 below the scores.</summary>
[Network, Input(64)]
[Dense(32), Relu, Stack<GatedBlock>(500), Dense(10)]
[Train(Loss.CrossEntropy)]
public sealed partial class OptdigitsDeepResidual;

/// <summary>x + W tanh(x) + b, where W and b are the gate.</summary>
[Block, Residual]
[Tanh, Dense(Init = Initial.Zeros)]
public sealed partial class GatedLayer;

/// <summary>Ten thousand layers, each with weights of its own, in the source text of ten.</summary>
[Network, Input(64)]
[Dense(16), Stack<GatedLayer>(10_000), Dense(10)]
[Train(Loss.CrossEntropy)]
public sealed partial class OptdigitsTenThousand;

/// <summary>The same two layers with nothing around them, and with the initial values that suit them best.</summary>
[Block]
[Dense(Init = Initial.KaimingNormal), Relu, Dense(Init = Initial.KaimingNormal), Relu]
public sealed partial class PlainBlock;

[Network, Input(64)]
[Dense(32), Relu, Stack<PlainBlock>(500), Dense(10)]
[Train(Loss.CrossEntropy)]
public sealed partial class OptdigitsDeepPlain;
