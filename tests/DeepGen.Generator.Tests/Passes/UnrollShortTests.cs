using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Passes;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Tests.Passes;

public sealed class UnrollShortTests
{
    private readonly Sketch _s = new();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_short_loop_that_adds_up_samples_is_written_out(int count)
    {
        Graph after = Meaning.After(UnrollShort.Run, Loop(count, addsUp: true, isCheckpoint: false));
        Assert.Equal(0, Meaning.Count<Repeat>(after));
        Assert.Equal(count, Meaning.Count<Reduce>(after));
    }

    [Theory]
    [InlineData(4, true, false)]
    [InlineData(3, false, false)]
    [InlineData(3, true, true)]
    public void Any_other_loop_stays(int count, bool addsUp, bool isCheckpoint)
    {
        Graph graph = Loop(count, addsUp, isCheckpoint);
        Assert.Equal(GraphPrinter.Print(graph), GraphPrinter.Print(Meaning.After(UnrollShort.Run, graph)));
    }

    [Fact]
    public void A_short_loop_in_a_long_one_is_written_out_there()
    {
        Node x = _s.Image(3);
        Node slab = _s.Parameter("slab", 5, 2, 3);
        Node[] y = _s.Repeat(5, [x], [slab], [], (outer, i) => outer.Repeat(
            2, [i[0]], [i[1]], [], (inner, k) => [Centred(inner, inner.Add(new Multiply(), k[0], Over(inner, k[1], k[0])))]));
        Graph after = Meaning.After(UnrollShort.Run, _s.Graph(y));
        Assert.Equal(1, Meaning.Count<Repeat>(after));
        Assert.Equal(2, Meaning.Count<Reduce>(after));
    }

    private Graph Loop(int count, bool addsUp, bool isCheckpoint)
    {
        Node x = _s.Image(3);
        Node slab = _s.Parameter("slab", count, 3);
        Node[] y = _s.Repeat(count, [x], [slab], [_s.Image(3)], (b, i) =>
        {
            Node sum = b.Add(new Add(), b.Add(new Multiply(), i[0], Over(b, i[1], i[0])), i[2]);
            Node next = addsUp ? Centred(b, sum) : sum;
            return [next, b.Add(new Tanh(), next)];
        });
        Graph graph = _s.Graph(y);
        return isCheckpoint ? new Marked().Rewrite(graph) : graph;
    }

    /// <summary>The distance from the sum over the samples.</summary>
    private static Node Centred(Sketch b, Node x) =>
        b.Add(new Subtract(), x, Over(b, b.Add(new Reduce(Reduction.Sum, EquatableArray.Of(0)), x), x));

    private static Node Over(Sketch b, Node row, Node x) => b.Add(new Broadcast(x.Shape, EquatableArray.Of(1)), row);

    private sealed class Marked : GraphRewriter
    {
        protected override ImmutableArray<Node?> RewriteRepeat(
            Node node, Repeat repeat, ImmutableArray<Node> operands) =>
            Loop(node, repeat with { Checkpoint = true }, operands);
    }
}
