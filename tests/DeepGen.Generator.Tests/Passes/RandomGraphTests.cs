using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Passes;

namespace DeepGen.Generator.Tests.Passes;

public sealed class RandomGraphTests
{
    private const int Graphs = 250;

    private static readonly Dictionary<string, Func<Graph, Graph>> _passes = new()
    {
        ["Simplify"] = Simplify.Run,
        ["SinkTransposes"] = SinkTransposes.Run,
        ["FoldScale"] = FoldScale.Run,
        ["SinkIncreasing"] = SinkIncreasing.Run,
        ["SinkUnitAxes"] = SinkUnitAxes.Run,
        ["IntoParts"] = IntoParts.Run,
        ["UnitTransposes"] = UnitTransposes.Run,
        ["Optimise"] = Pipeline.Optimise,
        ["OptimiseExactly"] = Pipeline.OptimiseExactly,
    };

    public static TheoryData<string> Names => [.. _passes.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_pass_keeps_the_meaning_of_any_graph(string pass)
    {
        for (int seed = 0; seed < Graphs; seed++)
        {
            Graph graph = RandomGraphs.Draw(seed);
            Meaning.IsKept(graph, _passes[pass](graph), seed);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_pass_gives_the_same_graph_each_time(string pass)
    {
        for (int seed = 0; seed < Graphs / 4; seed++)
        {
            string once = GraphPrinter.Print(_passes[pass](RandomGraphs.Draw(seed)));
            Assert.Equal(once, GraphPrinter.Print(_passes[pass](RandomGraphs.Draw(seed))));
        }
    }

    [Fact]
    public void Simplifying_twice_is_simplifying_once()
    {
        for (int seed = 0; seed < Graphs; seed++)
        {
            Graph once = Simplify.Run(RandomGraphs.Draw(seed));
            Assert.Equal(GraphPrinter.Print(once), GraphPrinter.Print(Simplify.Run(once)));
        }
    }

    [Fact]
    public void Prepare_and_main_together_mean_what_the_graph_meant()
    {
        for (int seed = 0; seed < Graphs; seed++)
        {
            Graph graph = RandomGraphs.Draw(seed);
            Meaning.IsKept(graph, HoistPrepare.Run(graph), seed);
            Meaning.IsKept(graph, HoistPrepare.Run(Pipeline.Optimise(graph)), seed);
        }
    }

    [Fact]
    public void Transposes_never_become_more()
    {
        for (int seed = 0; seed < Graphs; seed++)
        {
            Graph graph = Simplify.Run(RandomGraphs.Draw(seed));
            Assert.True(TransposeCount.Of(SinkTransposes.Run(graph)) <= TransposeCount.Of(graph), GraphPrinter.Print(graph));
        }
    }

    [Fact]
    public void The_graphs_drawn_hold_every_primitive()
    {
        var drawn = new HashSet<Type>(Enumerable.Range(0, Graphs).SelectMany(seed => Ops(RandomGraphs.Draw(seed))));
        var all = typeof(Primitive).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Primitive)) && !t.IsAbstract);

        // Matrices of the caller's are no tensors that could be drawn, a step's rows are made by streaming alone, and only weights are
        // rounded, where no step of size counts: all have networks in tests of their own.
        Type[] others = [typeof(Adjacency), typeof(SparseProduct), typeof(SparseDropout), typeof(EdgeLogSum), typeof(EdgeSum), typeof(Remember), typeof(RememberAll), typeof(RowAt), typeof(Narrow), typeof(Pair)];
        Assert.Empty(all.Except(others).Where(t => !drawn.Contains(t)).Select(t => t.Name));
    }

    private static IEnumerable<Type> Ops(Graph graph) =>
        graph.Nodes.SelectMany(n => n.Op is Repeat repeat ? Ops(repeat.Body).Append(typeof(Repeat)) : [n.Op.GetType()]);
}
