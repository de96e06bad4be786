using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Passes;

namespace DeepGen.Generator.Lower;

/// <summary>
/// What each program needs done to the weights before it runs, and the one Prepare program that does all of it. A later
/// program may start from what an earlier one prepared: bounds are those of the very weights Predict multiplies by.
/// </summary>
internal sealed class PreparedGraphs
{
    private const string Marker = "@prepared:";
    private readonly Dictionary<string, (Graph Graph, int Output)> _sources = [];

    /// <summary>Takes the parameter-only part out of a graph and returns the rest, whose leaves "@name:k" stand for it.</summary>
    public Graph Split(string name, Graph graph)
    {
        (Graph prepare, Graph main) = HoistPrepare.Run(graph);
        for (int i = 0; i < prepare.Outputs.Length; i++)
        {
            _sources.Add(Rename(prepare.Outputs[i].Name, name), (prepare, i));
        }

        return Rebuild(main, p => p.Path.StartsWith(Marker, StringComparison.Ordinal) ? p with { Path = Rename(p.Path, name) } : p);
    }

    /// <summary>One graph with an output per requested layout.</summary>
    public Graph Assemble(WeightTable table)
    {
        var builder = new GraphBuilder();
        var imported = new Dictionary<(Graph, Node, bool), Node>();
        var outputs = new List<GraphOutput>();
        foreach (WeightRequest request in table.Requests)
        {
            string name = FormattableString.Invariant($"weights{outputs.Count}");
            outputs.Add(new GraphOutput(name, request.Build(builder, Leaf(request.Leaf, request.Target.Buffer.IsPaired))));
        }

        return builder.Build(outputs);

        Node Leaf(Node node, bool isRoundedLater) => node.Op is Parameter parameter && _sources.TryGetValue(parameter.Path, out var source)
            ? Import(source.Graph, source.Graph.Outputs[source.Output].Node, isRoundedLater)
            : builder.Add(node.Op);

        // What is stored in pairs is rounded then.
        Node Import(Graph graph, Node node, bool isRoundedLater)
        {
            if (isRoundedLater && node.Op is Narrow)
            {
                return Import(graph, node.Inputs[0], false);
            }

            isRoundedLater &= node.Op is Transpose or Reshape or Reverse or Slice;
            if (!imported.TryGetValue((graph, node, isRoundedLater), out Node copy))
            {
                copy = node.Inputs.IsEmpty ? Leaf(node, false) : builder.Add(node.Op, node.Inputs.Select(i => Import(graph, i, isRoundedLater)).ToArray());
                imported.Add((graph, node, isRoundedLater), copy);
            }

            return copy;
        }
    }

    private static string Rename(string path, string name) => "@" + name + ":" + path.Substring(Marker.Length);

    private static Graph Rebuild(Graph graph, Func<Parameter, Parameter> rename)
    {
        var builder = new GraphBuilder();
        var copies = new Dictionary<Node, Node>();
        foreach (Node node in graph.Inputs.Concat(graph.Nodes))
        {
            if (!copies.ContainsKey(node))
            {
                Node copy = builder.Add(
                    node.Op is Parameter parameter ? rename(parameter) : node.Op, node.Inputs.Select(i => copies[i]).ToArray());
                copy.Label ??= node.Label;
                copies.Add(node, copy);
            }
        }

        return builder.Build(graph.Outputs.Select(o => new GraphOutput(o.Name, copies[o.Node])));
    }
}
