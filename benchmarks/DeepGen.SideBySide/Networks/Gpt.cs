namespace DeepGen.SideBySide.Networks;

/// <summary>W5: four blocks of a GPT, 128 wide, that score the next of 65 characters after each of 128.</summary>
[Network, Input(128)]
[Embedding(65, 128, Init = Initial.TruncatedNormal), LearnedPositions(Init = Initial.TruncatedNormal)]
[Stack<GptBlock>(4)]
[LayerNorm, Tied("0")]
[Train(Loss.CrossEntropy, ClassAxis = -1)]
public sealed partial class Gpt;

/// <summary>The same, which also takes characters one by one.</summary>
[Network, Size("T", 128), Input("T"), Stream]
[Embedding(65, 128, Init = Initial.TruncatedNormal), LearnedPositions(Init = Initial.TruncatedNormal)]
[Stack<GptBlock>(4)]
[LayerNorm, Tied("0")]
public sealed partial class SpeakingGpt;

/// <summary>That one with weights of half the size.</summary>
[Network, Size("T", 128), Input("T"), Stream, Weights(WeightFormat.BFloat16)]
[Embedding(65, 128, Init = Initial.TruncatedNormal), LearnedPositions(Init = Initial.TruncatedNormal)]
[Stack<GptBlock>(4)]
[LayerNorm, Tied("0")]
public sealed partial class LightGpt;

[Block, Use<GptAttention>, Use<GptFeedForward>]
public sealed partial class GptBlock;

[Block, Residual, LayerNorm, MultiHeadAttention(4, Causal = true)]
public sealed partial class GptAttention;

[Block, Residual, LayerNorm, Dense(Expand = 4), Gelu(Approximate = true), Dense(Shrink = 4)]
public sealed partial class GptFeedForward;
