using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Passes;

/// <summary>
/// A graph built anew, operands before users, every node once; a pass overrides what becomes of a node. Graph inputs stay,
/// in their order, even when nothing needs them. One instance rewrites one graph; a Repeat's body gets its own rewriter.
/// </summary>
internal abstract class GraphRewriter
{
    private readonly Dictionary<Node, Node> _values = [];
    private readonly Dictionary<Node, ImmutableArray<Node?>> _results = [];

    protected GraphBuilder Builder { get; } = new();

    public Graph Rewrite(Graph graph)
    {
        foreach (Node input in graph.Inputs)
        {
            if (RewriteInput(input) is { } value)
            {
                _values.Add(input, Labels.Keep(input, value));
            }
        }

        foreach (Node node in graph.Nodes)
        {
            ImmutableArray<Node> Operands() => node.Inputs.Select(n => _values[n]).ToImmutableArray();
            if (node.Op is Repeat repeat)
            {
                _results.Add(node, RewriteRepeat(node, repeat, Operands()));
            }
            else if (node.Op is Item item)
            {
                _values.Add(node, Labels.Keep(node, _results[node.Inputs[0]][item.Index]!));
            }
            else if (!_values.ContainsKey(node))
            {
                _values.Add(node, Labels.Keep(node, Rewrite(node, Operands())));
            }
        }

        return Builder.Build(graph.Outputs.Select(o => new GraphOutput(o.Name, _values[o.Node])));
    }

    /// <summary>What a value that lies behind has become.</summary>
    protected Node Rewritten(Node node) => _values[node];

    /// <summary>What stands for an input from now on; null for one that is no longer there and that nothing may need.</summary>
    protected virtual Node? RewriteInput(Node input) => Builder.Add(input.Op);

    protected virtual Node Rewrite(Node node, ImmutableArray<Node> operands) => Builder.Add(node.Op, operands);

    /// <summary>The results of the new Repeat by their old positions; null for one that nothing needs.</summary>
    protected abstract ImmutableArray<Node?> RewriteRepeat(Node node, Repeat repeat, ImmutableArray<Node> operands);

    /// <summary>A Repeat with the same operands and results, and its results.</summary>
    protected ImmutableArray<Node?> Loop(Node node, Repeat rebuilt, ImmutableArray<Node> operands)
    {
        Node loop = Labels.Keep(node, Builder.Add(rebuilt, operands));
        return loop.Types.Select((_, i) => (Node?)Builder.Add(new Item(i), loop)).ToImmutableArray();
    }
}
