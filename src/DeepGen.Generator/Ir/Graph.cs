using System.Collections.Immutable;

namespace DeepGen.Generator.Ir;

/// <summary>
/// A program without side effects. Inputs holds the <c>Input</c> nodes in order of their index (also those no output
/// needs); everything else is reached from the outputs.
/// </summary>
internal sealed class Graph(ImmutableArray<Node> inputs, ImmutableArray<GraphOutput> outputs)
{
    private ImmutableArray<Node> _nodes;

    public ImmutableArray<Node> Inputs { get; } = inputs;

    public ImmutableArray<GraphOutput> Outputs { get; } = outputs;

    /// <summary>Every node an output needs, operands before users, in order of creation.</summary>
    public ImmutableArray<Node> Nodes
    {
        get
        {
            if (_nodes.IsDefault)
            {
                _nodes = Reachable();
            }

            return _nodes;
        }
    }

    /// <summary>The same program with every symbolic size replaced by its value.</summary>
    public Graph Bind(IReadOnlyDictionary<string, int> sizes)
    {
        var builder = new GraphBuilder();
        var copies = new Dictionary<Node, Node>();
        foreach (Node node in Inputs.Concat(Nodes.Except(Inputs)))
        {
            copies[node] = builder.Add(node.Op.Bind(sizes), node.Inputs.Select(i => copies[i]).ToImmutableArray());
            copies[node].Label ??= node.Label;
        }

        return builder.Build(Outputs.Select(o => o with { Node = copies[o.Node] }));
    }

    private ImmutableArray<Node> Reachable()
    {
        var seen = new HashSet<Node>();
        var pending = new Stack<Node>(Outputs.Select(o => o.Node));
        while (pending.Count > 0)
        {
            Node node = pending.Pop();
            if (seen.Add(node))
            {
                foreach (Node input in node.Inputs)
                {
                    pending.Push(input);
                }
            }
        }

        return seen.OrderBy(n => n.Id).ToImmutableArray();
    }
}

internal sealed record GraphOutput(string Name, Node Node);
