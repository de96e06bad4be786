namespace DeepGen.Learning.Networks;

/// <summary>Scores of the next of 65 characters after each of 64.</summary>
[Network, Input(64)]
[Embedding(65, 128, Init = Initial.TruncatedNormal), LearnedPositions(Init = Initial.TruncatedNormal)]
[Stack<GptBlock>(4)]
[LayerNorm, Tied("0")]
[Train(Loss.CrossEntropy, ClassAxis = -1)]
public sealed partial class CharacterGpt;

[Block, Use<GptAttention>, Use<GptFeedForward>]
public sealed partial class GptBlock;

[Block, Residual, LayerNorm, MultiHeadAttention(4, Causal = true)]
public sealed partial class GptAttention;

[Block, Residual, LayerNorm, Dense(Expand = 4), Gelu, Dense(Shrink = 4, Init = Initial.Zeros)]
public sealed partial class GptFeedForward;
