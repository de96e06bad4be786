using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Lower;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Passes;

/// <summary>
/// Of a loss that only some nodes of a graph have a target for: y = A x is needed in the rows of those nodes, x in the rows that they
/// listen to as well. So A may lose all other rows: the loss and its gradients are the same numbers. How far a row is from a target is known at
/// run time; how far the rows of each matrix matter is found here.
/// </summary>
internal sealed class LeaveOutRows : GraphRewriter
{
    private const int Everywhere = int.MaxValue;

    private readonly Dictionary<Node, int> _reach = [];
    private readonly HashSet<Node> _ofTargets = [];

    private LeaveOutRows(Graph graph, int firstTarget)
    {
        foreach (Node node in graph.Nodes.Where(n => n.Op is Input input ? input.Index >= firstTarget : n.Op is Constant || (!n.Inputs.IsEmpty && n.Inputs.All(_ofTargets.Contains))))
        {
            _ofTargets.Add(node);
        }

        // What the network gives is not asked for; what follows the batches is.
        foreach (GraphOutput output in graph.Outputs.Where(o => !o.Name.StartsWith("output:", StringComparison.Ordinal)))
        {
            _reach[output.Node] = Everywhere;
        }

        foreach (Node node in graph.Nodes.Reverse().Where(_reach.ContainsKey))
        {
            for (int i = 0; i < node.Inputs.Length; i++)
            {
                int reach = ReachOf(node, i);
                _reach[node.Inputs[i]] = _reach.TryGetValue(node.Inputs[i], out int known) ? Math.Max(known, reach) : reach;
            }
        }
    }

    /// <param name="graph">Of the loss.</param>
    /// <param name="firstTarget">The first of the inputs that are targets; the settings follow them.</param>
    /// <returns>The graph, and for each input up to how many steps from a target its rows are read; null where all are.</returns>
    public static (Graph Graph, ImmutableArray<int?> Inputs) Run(Graph graph, int firstTarget)
    {
        var pass = new LeaveOutRows(graph, firstTarget);
        ImmutableArray<int?> inputs = graph.Inputs.Take(firstTarget).Select(n => n.Type.IsSparse ? pass.Known(n) : null).ToImmutableArray();
        return (pass.Rewrite(graph), inputs);
    }

    protected override Node Rewrite(Node node, ImmutableArray<Node> operands) => node.Op is IMixing
        ? Builder.Add(node.Op, operands.SetItem(0, operands[0].Op is Adjacency { Matrix.Rank: 2 } a ? Builder.Add(a with { Reach = Known(node) }) : operands[0]))
        : base.Rewrite(node, operands);

    protected override ImmutableArray<Node?> RewriteRepeat(Node node, Repeat repeat, ImmutableArray<Node> operands) => Loop(node, repeat, operands);

    private int? Known(Node node) => _reach.TryGetValue(node, out int reach) && reach != Everywhere ? reach : null;

    /// <summary>How far from a target rows of an operand matter.</summary>
    private int ReachOf(Node node, int operand)
    {
        if (node.Op is Select && operand == 1 && Uniform.Is(node.Inputs[2], 0) && _ofTargets.Contains(node.Inputs[0]))
        {
            return 0;
        }

        // The stages of a loop are those of all its iterations.
        int reach = _reach[node];
        bool isEverywhere = reach == Everywhere || BatchSums.IsSum(node) || (node.Op is Repeat repeat && BatchSums.Within(repeat));
        return isEverywhere ? Everywhere : BatchSums.ReadsOthers(node, operand) ? reach + 1 : reach;
    }
}
