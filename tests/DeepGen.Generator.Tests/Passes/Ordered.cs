using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Tests.Passes;

/// <summary>Graphs as text in the order in which outputs ask for values, so that only what is computed counts, not when.</summary>
internal static class Ordered
{
    public static string Print(Graph graph) => GraphPrinter.Print(Reordered(graph));

    private static Graph Reordered(Graph graph)
    {
        var builder = new GraphBuilder();
        Dictionary<Node, Node> copies = graph.Inputs.ToDictionary(i => i, i => builder.Add(i.Op));
        var pending = new Stack<Node>(graph.Outputs.Reverse().Select(o => o.Node));
        while (pending.Count > 0)
        {
            Node[] missing = pending.Peek().Inputs.Where(i => !copies.ContainsKey(i)).ToArray();
            if (missing.Length > 0)
            {
                pending.Push(missing[0]);
                continue;
            }

            Node node = pending.Pop();
            Primitive op = node.Op is Repeat repeat ? repeat with { Body = Reordered(repeat.Body) } : node.Op;
            copies.TryAdd(node, builder.Add(op, node.Inputs.Select(i => copies[i]).ToImmutableArray()));
            copies[node].Label ??= node.Label;
        }

        return builder.Build(graph.Outputs.Select(o => o with { Node = copies[o.Node] }));
    }
}
