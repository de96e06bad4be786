using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Emit;

/// <summary>Feeds the matrices of a graph that has as many nodes as the batch has samples.</summary>
internal static class GraphFeed
{
    public static void Write(CodeWriter code, string feed, string graph, string batch, IReadOnlyCollection<NeighbourWeights> kinds, bool withBounds = false)
    {
        if (kinds.Count > 0)
        {
            code.Line($"global::DeepGen.Runtime.Arguments.Nodes({graph}, {batch});");
        }

        foreach (NeighbourWeights kind in kinds)
        {
            code.Line($"{feed}.Add{(withBounds ? "WithBounds" : "")}({graph}.Matrix(NeighbourWeights.{kind}));");
        }
    }
}
