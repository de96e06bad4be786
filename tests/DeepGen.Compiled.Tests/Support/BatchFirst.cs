using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Support;

namespace DeepGen.Compiled.Tests.Support;

/// <summary>What a caller is given has the batch as its first axis: any graph, with such outputs.</summary>
internal static class BatchFirst
{
    public static Graph Of(Graph graph) => Of(graph, graph.Outputs);

    /// <summary>A graph that stops at a value inside it.</summary>
    public static Graph Of(Graph graph, Node end) => Of(graph, [new GraphOutput("end", end)]);

    private static Graph Of(Graph graph, IEnumerable<GraphOutput> outputs)
    {
        var builder = new GraphBuilder();
        var copies = new Dictionary<Node, Node>();
        foreach (Node node in graph.Inputs.Concat(graph.Nodes))
        {
            copies.TryAdd(node, builder.Add(node.Op, node.Inputs.Select(i => copies[i]).ToImmutableArray()));
        }

        return builder.Build(outputs.Select(o => o with { Node = Arrange(builder, copies[o.Node]) }).ToList());
    }

    private static Node Arrange(GraphBuilder builder, Node node)
    {
        int batch = Enumerable.Range(0, node.Shape.Rank).FirstOrDefault(a => node.Shape[a] == Size.Batch, -1);
        IEnumerable<int> others = Enumerable.Range(0, node.Shape.Rank).Where(a => a != batch);
        return batch switch
        {
            0 => node,
            -1 => builder.Add(new Broadcast(Shape.Of(node.Shape.Prepend(Size.Batch)), others.Select(a => a + 1).ToEquatable()), node),
            _ => builder.Add(new Transpose(others.Prepend(batch).ToEquatable()), node),
        };
    }
}
