using DeepGen.Runtime;

namespace DeepGen.Models.Tests.Text;

// Gpt and Llama in sizes that can be looked through.

[Network, Size("T", 20), Stream]
public sealed partial class SmallGpt
{
    [Embedding(11, 16)]
    private partial Tensor Embedding(Tensor tokens);

    [LearnedPositions]
    private partial Tensor Positions(Tensor x);

    [Stack<SmallGptBlock>(3)]
    private partial Tensor Blocks(Tensor x);

    [LayerNorm]
    private partial Tensor Norm(Tensor x);

    [Tied("embedding")]
    private partial Tensor Head(Tensor x);

    private Tensor Forward([Shape("T")] Tensor tokens) => Head(Norm(Blocks(Positions(Embedding(tokens)))));
}

[Block]
public sealed partial class SmallGptBlock
{
    [LayerNorm]
    private partial Tensor AttentionNorm(Tensor x);

    [MultiHeadAttention(2, Causal = true)]
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

[Network, Size("T", 18), Stream]
public sealed partial class SmallLlama
{
    [Embedding(13, 16)]
    private partial Tensor Embedding(Tensor tokens);

    [Stack<SmallLlamaBlock>(2)]
    private partial Tensor Blocks(Tensor x);

    [RmsNorm]
    private partial Tensor Norm(Tensor x);

    [Dense(13, Bias = false)]
    private partial Tensor Head(Tensor x);

    private Tensor Forward([Shape("T")] Tensor tokens) => Head(Norm(Blocks(Embedding(tokens))));
}

[Block]
public sealed partial class SmallLlamaBlock
{
    [RmsNorm]
    private partial Tensor AttentionNorm(Tensor x);

    [MultiHeadAttention(4, KeyValueHeads = 2, Causal = true, Rotary = Rotary.Halves, Bias = false)]
    private partial Tensor Attention(Tensor x);

    [RmsNorm]
    private partial Tensor FeedForwardNorm(Tensor x);

    [SwiGlu(24)]
    private partial Tensor FeedForward(Tensor x);

    private Tensor Forward(Tensor x)
    {
        var y = x + Attention(AttentionNorm(x));
        return y + FeedForward(FeedForwardNorm(y));
    }
}

/// <summary>A model of tokens without attention: it takes as many as there are.</summary>
[Network, Size("T", 20), Input("T"), Stream]
[Embedding(11, 9), Gru(12), Dense(11)]
public sealed partial class SmallGru;

/// <summary>Attention without a stack around it, and a memory it shares with nobody.</summary>
[Network, Size("T", 37), Input("T"), Stream]
[Embedding(11, 16), SinusoidalPositions]
[MultiHeadAttention(4, Causal = true), Gelu, MultiHeadAttention(2, KeyValueHeads = 1, Causal = true, Rotary = Rotary.Pairs), LayerNorm, Dense(11)]
public sealed partial class SmallAttention;
