using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Passes;

/// <summary>How often each node of a graph is read, as an operand or as an output.</summary>
internal static class Uses
{
    public static Dictionary<Node, int> Of(Graph graph) => graph.Nodes.SelectMany(n => n.Inputs)
        .Concat(graph.Outputs.Select(o => o.Node))
        .GroupBy(n => n)
        .ToDictionary(g => g.Key, g => g.Count());
}
