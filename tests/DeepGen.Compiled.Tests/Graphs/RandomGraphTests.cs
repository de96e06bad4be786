using DeepGen.Compiled.Tests.Support;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Lower;
using DeepGen.Generator.Passes;
using DeepGen.Generator.Tests.Passes;

namespace DeepGen.Compiled.Tests.Graphs;

/// <summary>The random graphs on which the passes are tested, compiled.</summary>
public sealed class RandomGraphTests
{
    private const int Together = 25;

    public static TheoryData<int> Groups => [.. Enumerable.Range(0, 3)];

    [Theory]
    [MemberData(nameof(Groups))]
    public void A_graph_of_any_primitives_computes_what_it_means(int group) => Check(group, Pipeline.Optimise);

    [Theory]
    [MemberData(nameof(Groups))]
    public void So_does_one_that_no_pass_has_seen(int group) => Check(group, g => g);

    private static void Check(int group, Func<Graph, Graph> passes)
    {
        Graph[] graphs = Enumerable.Range(group * Together, Together)
            .Select(seed => BatchFirst.Of(RandomGraphs.Draw(seed, sumsBatch: false)))
            .Where(g => SampleSeparation.Violation(g) is null)
            .ToArray();
        GraphAgreement.Check(graphs, passes, 1, 3);
    }
}
