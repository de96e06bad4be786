using DeepGen.Runtime;

namespace DeepGen.Models;

/// <summary>
/// The smallest GPT-2 (Radford et al. 2019): scores of the next of 50257 tokens after each of up to 1024. Its weights come with
/// <see cref="CheckpointMaps.Gpt2"/>, its text from <see cref="NetworkDecoders.NewDecoder"/>.
/// </summary>
[Network, Size("T", 1024), Initialize(Initial.TruncatedNormal)]
[Stream, Train(Loss.CrossEntropy, ClassAxis = -1)]
public sealed partial class Gpt
{
    [Embedding(50257, 768, Init = Initial.TruncatedNormal)]
    private partial Tensor Embedding(Tensor tokens);

    [LearnedPositions(Init = Initial.TruncatedNormal)]
    private partial Tensor Positions(Tensor x);

    [Stack<GptBlock>(12)]
    private partial Tensor Blocks(Tensor x);

    [LayerNorm]
    private partial Tensor Norm(Tensor x);

    [Tied("embedding")]
    private partial Tensor Head(Tensor x);

    private Tensor Forward([Shape("T")] Tensor tokens) => Head(Norm(Blocks(Positions(Embedding(tokens)))));
}

/// <summary>What a token takes from those before it is added to it, then what follows from it alone.</summary>
[Block]
public sealed partial class GptBlock
{
    [LayerNorm]
    private partial Tensor AttentionNorm(Tensor x);

    [MultiHeadAttention(12, Causal = true)]
    private partial Tensor Attention(Tensor x);

    [LayerNorm]
    private partial Tensor FeedForwardNorm(Tensor x);

    [Dense(Expand = 4), Gelu(Approximate = true), Dense(Shrink = 4)]
    private partial Tensor FeedForward(Tensor x);

    private Tensor Forward(Tensor x)
    {
        var y = x + Attention(AttentionNorm(x));
        return y + FeedForward(FeedForwardNorm(y));
    }
}
