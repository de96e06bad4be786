using DeepGen.Runtime;

namespace DeepGen.Models;

/// <summary>
/// A small network of the llama family (Touvron et al. 2023) in the sizes of SmolLM2-135M: scores of the next of 49152 tokens after
/// each of up to 1024. Its weights come with <see cref="CheckpointMaps.Llama"/>, its text from <see cref="NetworkDecoders.NewDecoder"/>.
/// </summary>
[Network, Size("T", 1024), Initialize(Initial.TruncatedNormal)]
[Stream, Train(Loss.CrossEntropy, ClassAxis = -1)]
public sealed partial class Llama
{
    [Embedding(49152, 576, Init = Initial.TruncatedNormal)]
    private partial Tensor Embedding(Tensor tokens);

    [Stack<LlamaBlock>(30)]
    private partial Tensor Blocks(Tensor x);

    [RmsNorm]
    private partial Tensor Norm(Tensor x);

    [Tied("embedding")]
    private partial Tensor Head(Tensor x);

    private Tensor Forward([Shape("T")] Tensor tokens) => Head(Norm(Blocks(Embedding(tokens))));
}

/// <summary>Rotary positions, three heads of queries for each of keys and values, and a feed-forward with a gate.</summary>
[Block]
public sealed partial class LlamaBlock
{
    [RmsNorm]
    private partial Tensor AttentionNorm(Tensor x);

    [MultiHeadAttention(9, KeyValueHeads = 3, Causal = true, Rotary = Rotary.Halves, RotaryBase = 100_000, Bias = false)]
    private partial Tensor Attention(Tensor x);

    [RmsNorm]
    private partial Tensor FeedForwardNorm(Tensor x);

    [SwiGlu(1536)]
    private partial Tensor FeedForward(Tensor x);

    private Tensor Forward(Tensor x)
    {
        var y = x + Attention(AttentionNorm(x));
        return y + FeedForward(FeedForwardNorm(y));
    }
}
