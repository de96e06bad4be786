using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Passes;

/// <summary>The passes in their order. Each is one rewrite that keeps the program's meaning; the verifier looks after each.</summary>
internal static class Pipeline
{
    /// <summary>For a program that may round otherwise than it was written, by a scale folded into a weight.</summary>
    public static Graph Optimise(Graph graph) => Apply(
        graph,
        Simplify.Run,
        SinkTransposes.Run,
        FoldScale.Run,
        UnitTransposes.Run,
        Simplify.Run);

    /// <summary>
    /// For a program whose roundings are accounted for, such as bounds: each float operation stays, on the operands it had,
    /// but for the order in which a sum is taken.
    /// </summary>
    public static Graph OptimiseExactly(Graph graph) => Apply(
        graph,
        Simplify.Run,
        SinkTransposes.Run,
        UnitTransposes.Run,
        Simplify.Run);

    private static Graph Apply(Graph graph, params Func<Graph, Graph>[] passes)
    {
        GraphVerifier.Verify(graph);
        foreach (Func<Graph, Graph> pass in passes)
        {
            graph = pass(graph);
            GraphVerifier.Verify(graph);
        }

        return graph;
    }
}
