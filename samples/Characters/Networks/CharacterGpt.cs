using DeepGen;

namespace Characters.Networks;

/// <summary>Scores of the next of 96 characters after each of up to 96; it learns from whole pieces and writes character by character.</summary>
[Network, Size("T", 96), Input("T")]
[Embedding(96, 96, Init = Initial.TruncatedNormal), LearnedPositions(Init = Initial.TruncatedNormal)]
[Stack<CharacterBlock>(3)]
[LayerNorm, Tied("0")]
[Train(Loss.CrossEntropy, ClassAxis = -1), Stream]
public sealed partial class CharacterGpt;

[Block, Use<Attention>, Use<FeedForward>]
public sealed partial class CharacterBlock;

[Block, Residual, LayerNorm, MultiHeadAttention(4, Causal = true)]
public sealed partial class Attention;

[Block, Residual, LayerNorm, Dense(Expand = 4), Gelu, Dense(Shrink = 4, Init = Initial.Zeros)]
public sealed partial class FeedForward;
