using DeepGen.Compiled.Tests.Support;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Passes;

namespace DeepGen.Compiled.Tests.Graphs;

/// <summary>Each with the passes and without: layouts that no pass has tidied must be right too.</summary>
public sealed class HandBuiltGraphTests
{
    private static readonly string[] s_names = [.. HandBuilt.Graphs.Keys];
    private static readonly Graph[] s_graphs = [.. HandBuilt.Graphs.Values.Select(BatchFirst.Of)];
    private static readonly Lazy<CompiledGraphs> s_optimised = new(() => CompiledGraphs.Load(s_graphs, Pipeline.Optimise));
    private static readonly Lazy<CompiledGraphs> s_plain = new(() => CompiledGraphs.Load(s_graphs, g => g));

    public static TheoryData<string> Names => [.. s_names];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_graph_computes_what_it_means(string name) => Check(s_optimised.Value, name);

    [Theory]
    [MemberData(nameof(Names))]
    public void So_does_one_that_no_pass_has_seen(string name) => Check(s_plain.Value, name);

    private static void Check(CompiledGraphs compiled, string name)
    {
        int index = Array.IndexOf(s_names, name);
        foreach (int batch in new[] { 1, 2, 3, 7, 66 })
        {
            string? difference = GraphAgreement.Difference(compiled, index, s_graphs[index], batch);
            Assert.True(difference is null, $"{difference}\n{GraphPrinter.Print(s_graphs[index])}");
        }
    }
}
