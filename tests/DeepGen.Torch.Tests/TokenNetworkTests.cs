using System.Runtime.InteropServices;

namespace DeepGen.Torch.Tests;

[Block, Residual, LayerNorm, MultiHeadAttention(2, Causal = true)]
public sealed partial class TokenAttention;

[Block, Residual, LayerNorm, Dense(Expand = 4), Gelu, Dense(Shrink = 4)]
public sealed partial class TokenFeedForward;

[Block, Use<TokenAttention>, Use<TokenFeedForward>]
public sealed partial class TokenBlock;

[Network, Input(10, Name = "tokens")]
[Embedding(7, 12), LearnedPositions, Stack<TokenBlock>(2), LayerNorm, Tied("0")]
[Train(Loss.CrossEntropy, ClassAxis = -1), Trace]
public sealed partial class TokenNetwork;

/// <summary>Networks whose inputs are ids: what they are given is checked before anything is computed.</summary>
public sealed class TokenNetworkTests
{
    private readonly TokenNetwork _network = new(3);
    private readonly int[] _ids = [.. Enumerable.Range(0, 50).Select(i => i * 5 % 7)];
    private readonly int[] _next = [.. Enumerable.Range(0, 50).Select(i => (i + 1) * 5 % 7)];

    [Theory]
    [InlineData(7)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void An_id_that_there_is_not_is_named_with_its_place(int wrong)
    {
        float[] scores = [.. Enumerable.Repeat(1.5f, 50 * 7)];
        byte[] before = MemoryMarshal.AsBytes(_network.Parameters["0.weight"].Values).ToArray();
        _ids[23] = wrong;
        string expected = $"input 'tokens' has the id {wrong} at position 3 of sample 2; ids must be whole numbers from 0 to 6";
        void Check(Action action) => Assert.StartsWith(expected, Assert.Throws<ArgumentOutOfRangeException>(action).Message, StringComparison.Ordinal);

        Check(() => _network.Predict(_ids, scores));
        Check(() => _network.Trace(_ids));
        Check(() => _network.Gradients(_ids, _next));
        Check(() => _network.Learn(_ids, _next, new Sgd(1)));
        Assert.All(scores, s => Assert.Equal(1.5f, s));
        Assert.Equal(before, MemoryMarshal.AsBytes(_network.Parameters["0.weight"].Values).ToArray());
    }

    [Fact]
    public void Ids_may_come_as_floats_where_inputs_are_floats_for_all_networks()
    {
        float[] floats = Array.ConvertAll(_ids, i => (float)i), scores = new float[50 * 7], others = new float[50 * 7];
        _network.Predict(_ids, scores);
        _network.Predict([floats], [others]);
        Assert.Equal(scores, others);
        float loss = _network.Gradients(_ids, _next);
        Assert.Equal(loss, _network.Gradients(new Batch(5, [floats], [new Target(_next)])));

        floats[11] = 2.5f;
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => _network.Predict([floats], [others]));
        Assert.Contains("the id 2.5 at position 1 of sample 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_are_the_same_bits_on_any_number_of_threads()
    {
        TokenNetwork alone = new(5), together = new(5) { Threads = 3 };
        Optimizer first = new AdamW(1e-2), second = new AdamW(1e-2);
        for (int step = 0; step < 5; step++)
        {
            Assert.Equal(alone.Learn(_ids, _next, first), together.Learn(_ids, _next, second));
        }

        Assert.All(alone.Parameters, p => Assert.True(
            MemoryMarshal.AsBytes(p.Values).SequenceEqual(MemoryMarshal.AsBytes(together.Parameters[p.Name].Values)), p.Name));
    }

    [Fact]
    public void It_learns_to_go_on_and_allocates_nothing()
    {
        var optimizer = new AdamW(1e-2);
        float first = _network.Learn(_ids, _next, optimizer), last = first;
        long before = 0;
        for (int step = 0; step < 60; step++)
        {
            before = GC.GetAllocatedBytesForCurrentThread();
            last = _network.Learn(_ids, _next, optimizer);
            before -= GC.GetAllocatedBytesForCurrentThread();
        }

        Assert.Equal(0, before);
        Assert.True(last < first / 10, $"from {first} to {last}");
        float[] scores = new float[50 * 7];
        _network.Predict(_ids, scores);
        before = GC.GetAllocatedBytesForCurrentThread();
        _network.Predict(_ids, scores);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
