using System.Collections.Immutable;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Passes;

/// <summary>
/// Transposes move towards the outputs, past every operation that does not care about the order of axes, until they meet
/// their inverse and both vanish. What layers in (C, H, W) terms say then runs channels last from the first convolution to
/// the last, through loops too; and where the image is flattened for a matrix, the matrix's rows are permuted instead.
/// </summary>
internal static class SinkTransposes
{
    public static Graph Run(Graph graph)
    {
        var natural = graph.Inputs.Select(i => Layout.Natural(i.Shape.Rank)).ToImmutableArray();
        var outputs = graph.Outputs.Select(o => (Layout?)Layout.Natural(o.Node.Shape.Rank)).ToImmutableArray();
        Graph sunk = new TransposeSinker(new ParameterOnly(), []).Sink(graph, natural, outputs).Graph;

        // One transpose in front of several outputs becomes several behind them: then it had better stay.
        return TransposeCount.Of(sunk) <= TransposeCount.Of(graph) ? sunk : graph;
    }
}

/// <summary>A graph whose inputs and outputs may lie in other layouts than they did; the outputs' are given.</summary>
internal sealed record SunkGraph(Graph Graph, ImmutableArray<Layout> Outputs);
