using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Interpret;

/// <summary>
/// From a graph with a scalar output the graph that computes its gradients too: to the outputs there are, one is added for
/// each parameter asked for, "gradient:" and its path, of the parameter's shape.
/// </summary>
internal static class Backward
{
    public static Graph Run(Graph graph, string of, IReadOnlyList<string> parameters)
    {
        var known = graph.Nodes.Select(n => n.Op).OfType<Parameter>().ToDictionary(p => p.Path, StringComparer.Ordinal);
        return Run(graph, of, parameters
            .Select(path => known.TryGetValue(path, out Parameter parameter) ? parameter : throw new IrException($"The graph reads no parameter {path}."))
            .ToArray());
    }

    /// <summary>The same for parameters of which the graph need not read all: the gradient of one it does not read is zero.</summary>
    public static Graph Run(Graph graph, string of, IReadOnlyList<Parameter> parameters)
    {
        Node root = graph.Outputs.FirstOrDefault(o => o.Name == of)?.Node ?? throw new IrException($"The graph has no output {of}.");
        if (root.Shape.Rank != 0)
        {
            throw new IrException($"A gradient is of one number, and output {of} is {root.Type}.");
        }

        var read = graph.Nodes.Where(n => n.Op is Parameter).ToDictionary(n => n.Op);
        var builder = new GraphBuilder();
        var gradient = new GradientBuilder(builder);
        var sweep = new ReverseSweep(graph, builder, [root], read.Values);
        sweep.Start(root, gradient.Filled(1, root));
        sweep.Run();
        var outputs = graph.Outputs.Select(o => o with { Node = sweep[o.Node] }).ToList();
        foreach (Parameter parameter in parameters)
        {
            Node? dx = read.TryGetValue(parameter, out Node node) ? sweep.Of(node) : null;
            outputs.Add(new GraphOutput("gradient:" + parameter.Path, dx ?? gradient.Filled(0, parameter.ParameterShape)));
        }

        return builder.Build(outputs);
    }

    /// <summary>
    /// Cotangents of some values, given those of others: what <paramref name="graph"/> computes is copied into the target, where
    /// <paramref name="dy"/> is made from the copy of a root. Null where a cotangent is zero.
    /// </summary>
    public static ImmutableArray<Node?> Pull(
        Graph graph,
        GraphBuilder target,
        IReadOnlyList<Node> roots,
        Func<int, Node, Node> dy,
        IReadOnlyList<Node> wanted)
    {
        var sweep = new ReverseSweep(graph, target, roots, wanted);
        for (int i = 0; i < roots.Count; i++)
        {
            sweep.Start(roots[i], dy(i, sweep[roots[i]]));
        }

        sweep.Run();
        return wanted.Select(sweep.Of).ToImmutableArray();
    }

    /// <summary>The nodes whose primitive has no rule, those in the bodies of Repeats too.</summary>
    public static ImmutableArray<Node> MissingRules(Graph graph) => graph.Nodes
        .SelectMany(n => n.Op switch
        {
            Input or Parameter or Constant or Adjacency or Item or IGradientRule => ImmutableArray<Node>.Empty,
            Repeat repeat => MissingRules(repeat.Body),
            _ => ImmutableArray.Create(n),
        })
        .ToImmutableArray();
}
