using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Interpret;

/// <summary>
/// The reading that looks inside: every value that has a name becomes an output, in the order of computation. Inside a
/// Repeat it is collected over the iterations, which become the output's first axis after the samples.
/// </summary>
internal static class Tracing
{
    public static Graph Run(Graph forward)
    {
        var builder = new GraphBuilder();
        (Dictionary<Node, Node> copies, List<Node> named) = Copy(forward, builder);
        var outputs = new List<GraphOutput>();
        var names = new HashSet<string>();
        foreach (Node node in named.Where(n => names.Add(n.Label!)))
        {
            outputs.Add(new GraphOutput(node.Label!, node));
        }

        outputs.AddRange(forward.Outputs.Where(o => o.Node.Label is null && names.Add(o.Name)).Select(o => new GraphOutput(o.Name, copies[o.Node])));
        return builder.Build(outputs);
    }

    /// <summary>The graph over again, with Repeats that collect what has a name; and all values with a name, those included.</summary>
    private static (Dictionary<Node, Node> Copies, List<Node> Named) Copy(Graph graph, GraphBuilder builder)
    {
        var copies = new Dictionary<Node, Node>();
        var named = new List<Node>();
        foreach (Node node in graph.Inputs.Concat(graph.Nodes).Distinct())
        {
            Node[] operands = node.Inputs.Select(i => copies[i]).ToArray();
            Node copy = node.Op is Repeat repeat ? Collect(repeat, operands, builder, named) : builder.Add(node.Op, operands);
            copy.Label ??= node.Label;
            copies.Add(node, copy);
            bool isNumbers = node.Type.Element == ElementType.Float32;
            if (node.Label is not null && node.Op is not (Parameter or Constant or Repeat) && isNumbers)
            {
                named.Add(copy);
            }
        }

        return (copies, named);
    }

    private static Node Collect(Repeat repeat, Node[] operands, GraphBuilder builder, List<Node> named)
    {
        var bodyBuilder = new GraphBuilder();
        (Dictionary<Node, Node> copies, List<Node> inside) = Copy(repeat.Body, bodyBuilder);
        inside.RemoveAll(n => n.Op is Input);
        IEnumerable<GraphOutput> known = repeat.Body.Outputs.Select(o => new GraphOutput(o.Name, copies[o.Node]));
        Graph body = bodyBuilder.Build(known.Concat(inside.Select(n => new GraphOutput(n.Label!, n))));
        Node collecting = builder.Add(repeat with { Body = body, Collected = repeat.Collected + inside.Count }, operands);
        for (int i = 0; i < inside.Count; i++)
        {
            Node item = builder.Add(new Item(repeat.Carried + repeat.Collected + i), collecting);
            item.Label = inside[i].Label;
            named.Add(item);
        }

        return collecting;
    }
}
