using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Interpret;

/// <summary>
/// From a forward graph the graph of its bounds: input i becomes inputs 2i (lower) and 2i + 1 (upper), and every output o the
/// outputs "o.lower" and "o.upper". What forward computes on a point of the box, it computes between them.
/// </summary>
/// <remarks>
/// It is about the graph it is given: passes that change a forward graph's arithmetic (folding a scale into weights) must come
/// before it, and those that follow may move and remove nodes but compute the same numbers. Executions are meant in which
/// nothing overflows. Bounds are never NaN; they are infinite where nothing is known.
/// </remarks>
internal static class Interval
{
    public static Graph Run(Graph forward, Rounding? rounding = null)
    {
        var graph = new GraphBuilder();
        var inputs = forward.Inputs.ToDictionary(n => n, n => InputBounds((Input)n.Op, 2 * ((Input)n.Op).Index, graph));
        var results = Walk(forward, inputs, graph, rounding ?? Rounding.Float32);
        return graph.Build(forward.Outputs.Zip(results, (output, bounds) => new[]
        {
            new GraphOutput(output.Name + ".lower", bounds.Lower),
            new GraphOutput(output.Name + ".upper", bounds.Upper),
        }).SelectMany(pair => pair));
    }

    /// <summary>The bounds of a graph's outputs, added to the graph that is being built, from those of its inputs.</summary>
    public static ImmutableArray<Bounds> Within(GraphBuilder graph, Graph forward, Func<Node, Bounds> inputs, Rounding rounding) =>
        Walk(forward, forward.Inputs.ToDictionary(n => n, inputs), graph, rounding);

    /// <summary>
    /// The nodes whose primitive has no rule, those in the bodies of Repeats too. What is given, and a graph's matrix with entries dropped
    /// by a key that is given, are points and need none. A sum over the batch is a sum of nobody knows how
    /// many terms, and has none; nor has a convolution in tiles, whose roundings are not those of a sum of products.
    /// </summary>
    public static ImmutableArray<Node> MissingRules(Graph forward) => forward.Nodes
        .SelectMany(n => n.Op switch
        {
            Input or Parameter or Constant or Adjacency or SparseDropout => ImmutableArray<Node>.Empty,
            Repeat repeat => MissingRules(repeat.Body),
            Reduce { Kind: Reduction.Sum } sum when sum.Axes.Any(a => n.Inputs[0].Shape[a].IsBatch) => ImmutableArray.Create(n),
            Convolution { Tile: not 0 } => ImmutableArray.Create(n),
            IIntervalRule => ImmutableArray<Node>.Empty,
            _ => ImmutableArray.Create(n),
        })
        .ToImmutableArray();

    /// <summary>
    /// The bounds of a repeated body. An operand that is a point is one input, any other two in a row; so it is with results,
    /// where a carried one has the kind of its operand.
    /// </summary>
    public static (Graph Body, ImmutableArray<Bounds> Results) OfBody(Graph body, bool[] isPoint, int carried, Rounding rounding)
    {
        var graph = new GraphBuilder();
        var inputs = new Dictionary<Node, Bounds>();
        int index = 0;
        for (int i = 0; i < body.Inputs.Length; i++)
        {
            var input = (Input)body.Inputs[i].Op;
            inputs[body.Inputs[i]] = isPoint[i]
                ? new Bounds(graph.Add(input with { Index = index }))
                : InputBounds(input, index, graph);
            index += isPoint[i] ? 1 : 2;
        }

        var results = Walk(body, inputs, graph, rounding);
        var outputs = new List<GraphOutput>();
        for (int i = 0; i < results.Length; i++)
        {
            string name = body.Outputs[i].Name;
            bool single = i < carried ? isPoint[i] : results[i].IsPoint;
            outputs.Add(new GraphOutput(single ? name : name + ".lower", results[i].Lower));
            if (!single)
            {
                outputs.Add(new GraphOutput(name + ".upper", results[i].Upper));
            }
        }

        return (graph.Build(outputs), results);
    }

    // Numbers of rows are not approximate, nor is what a sparse matrix lists: such an input is a point.
    private static Bounds InputBounds(Input input, int index, GraphBuilder graph) =>
        input.InputType.Element != ElementType.Float32
            ? new Bounds(graph.Add(input with { Index = index }))
            : new Bounds(
                graph.Add(input with { Index = index, InputName = input.InputName + ".lower" }),
                graph.Add(input with { Index = index + 1, InputName = input.InputName + ".upper" }));

    private static ImmutableArray<Bounds> Walk(Graph forward, Dictionary<Node, Bounds> inputs, GraphBuilder graph, Rounding rounding)
    {
        var builder = new BoundBuilder(graph, rounding);
        var bounds = inputs.ToDictionary(pair => pair.Key, pair => ImmutableArray.Create(pair.Value));
        foreach (Node node in forward.Nodes)
        {
            if (!bounds.ContainsKey(node))
            {
                bounds[node] = builder.ApplyAll(node.Op, node.Inputs.SelectMany(i => bounds[i]).ToImmutableArray());
                Label(node.Label, bounds[node][0]);
            }
        }

        return forward.Outputs.Select(o => bounds[o.Node][0]).ToImmutableArray();
    }

    private static void Label(string? label, Bounds bounds)
    {
        if (label is not null)
        {
            bounds.Lower.Label ??= bounds.IsPoint ? label : label + ".lower";
            bounds.Upper.Label ??= label + ".upper";
        }
    }
}
