using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Passes;

/// <summary>The passes in their order. Each is one rewrite that keeps the program's meaning; the verifier looks after each.</summary>
internal static class Pipeline
{
    private static readonly Pass[] s_all =
    [
        new("simplify", Simplify.Run),
        new("few rows", FewRows.Run) { IsLast = true },
        new("sink transposes", SinkTransposes.Run),
        new("sink unit axes", SinkUnitAxes.Run),
        // When images are channels last: the transposes between a layer and the next are gone, and an image's phases lie together.
        new("sink increasing", SinkIncreasing.Arithmetic),
        new("sink increasing functions", SinkIncreasing.Run) { IsExact = false, IsEarly = true },
        new("into parts", IntoParts.Run),
        new("fold scales", FoldScale.Run) { IsExact = false },
        new("drop unit transposes", UnitTransposes.Run),
        new("sum along lanes", SumAlongLanes.Run) { IsExact = false },
        new("simplify", Simplify.Run),
        new("split chains", SplitChains.Run) { IsExact = false },
        new("wider side", WiderSide.Run),
        new("skip zeros", SkipZeros.Run) { IsLast = true },
    ];

    private static readonly Pass[] s_exact = s_all.Where(p => p.IsExact).ToArray();
    private static readonly Pass[] s_first = s_all.Where(p => (p.IsExact && !p.IsLast) || p.IsEarly).ToArray();

    /// <summary>For a program that may round otherwise than it was written, by a scale folded into a weight.</summary>
    public static Graph Optimise(Graph graph) => Optimise(graph, null);

    public static Graph Optimise(Graph graph, Action<string, Graph>? watch) => Apply(graph, s_all, watch);

    /// <summary>
    /// For a program whose roundings are accounted for, such as bounds: each float operation stays, on the operands it had,
    /// but for the order in which a sum is taken.
    /// </summary>
    public static Graph OptimiseExactly(Graph graph) => OptimiseExactly(graph, null);

    public static Graph OptimiseExactly(Graph graph, Action<string, Graph>? watch) => Apply(graph, s_exact, watch);

    /// <summary>For a program that is differentiated afterwards, and whose derivatives are optimised with it again.</summary>
    public static Graph OptimiseFirst(Graph graph) => Apply(graph, s_first, null);

    private static Graph Apply(Graph graph, Pass[] passes, Action<string, Graph>? watch)
    {
        GraphVerifier.Verify(graph);
        foreach (Pass pass in passes)
        {
            Graph before = graph;
            graph = pass.Run(graph);
            if (graph != before)
            {
                GraphVerifier.Verify(graph);
            }

            watch?.Invoke(pass.Name, graph);
        }

        return graph;
    }

    private sealed record Pass(string Name, Func<Graph, Graph> Run)
    {
        /// <summary>Whether every float operation stays as it was.</summary>
        public bool IsExact { get; init; } = true;

        /// <summary>Whether derivatives are better taken of what it makes, though it may round otherwise.</summary>
        public bool IsEarly { get; init; }

        /// <summary>Whether derivatives are better taken of the program as it was before.</summary>
        public bool IsLast { get; init; }
    }
}
