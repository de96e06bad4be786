namespace DeepGen.Torch.Tests.Networks;

// The networks of attention.py, in its order.

[Network, Input(6, 16)]
[MultiHeadAttention(4, Causal = true), Flatten, Dense(10)]
[Train(Loss.CrossEntropy)]
public sealed partial class AttentionCausal;

[Network, Train(Loss.CrossEntropy)]
public sealed partial class AttentionMasked
{
    [MultiHeadAttention(4, Masking = Masking.Keys)] private partial Tensor Attend(Tensor x, Tensor keys);
    [Dense(10)] private partial Tensor Head(Tensor x);

    private Tensor Forward([Shape(6, 16)] Tensor x, [Shape(6)] Tensor keys) => Head(Ops.Flatten(Attend(x, keys)));
}

[Network, Train(Loss.CrossEntropy)]
public sealed partial class AttentionCross
{
    [MultiHeadAttention(4)] private partial Tensor Attend(Tensor query, Tensor memory);
    [Dense(10)] private partial Tensor Head(Tensor x);

    private Tensor Forward([Shape(6, 16)] Tensor query, [Shape(9, 12)] Tensor memory) => Head(Ops.Flatten(Attend(query, memory)));
}

[Network, Input(6, 16)]
[MultiHeadAttention(4, KeyValueHeads = 2, Causal = true, Rotary = Rotary.Halves, Bias = false), Flatten, Dense(10)]
[Train(Loss.CrossEntropy)]
public sealed partial class AttentionGrouped;

[Block, Residual, LayerNorm, MultiHeadAttention(4, Causal = true)]
public sealed partial class GptAttention;

[Block, Residual, LayerNorm, Dense(Expand = 4), Gelu(Approximate = true), Dense(Shrink = 4)]
public sealed partial class GptFeedForward;

[Block, Use<GptAttention>, Use<GptFeedForward>]
public sealed partial class GptBlock;

[Network, Input(20)]
[Embedding(11, 16), LearnedPositions, Stack<GptBlock>(2), LayerNorm, Tied("0")]
[Train(Loss.CrossEntropy, ClassAxis = -1)]
public sealed partial class SmallGpt;

[Block, Residual, RmsNorm, MultiHeadAttention(4, KeyValueHeads = 2, Causal = true, Rotary = Rotary.Halves, Bias = false)]
public sealed partial class LlamaAttention;

[Block, Residual, RmsNorm, SwiGlu(24)]
public sealed partial class LlamaFeedForward;

[Block, Use<LlamaAttention>, Use<LlamaFeedForward>]
public sealed partial class LlamaBlock;

[Network, Input(20)]
[Embedding(11, 16), Stack<LlamaBlock>(2), RmsNorm, Dense(11, Bias = false)]
[Train(Loss.CrossEntropy, ClassAxis = -1)]
public sealed partial class SmallLlama;
