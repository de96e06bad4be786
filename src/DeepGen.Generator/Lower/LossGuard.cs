using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Passes;

namespace DeepGen.Generator.Lower;

/// <summary>
/// What of a stage matters only for samples that have a target: a value is idle where the sample has none if whoever reads it is idle
/// there too, or if it is zero there itself. Of a graph with a few labelled nodes, the loss of the others need not be computed.
/// </summary>
internal sealed class LossGuard
{
    private readonly HashSet<Node> _zero = [];
    private readonly HashSet<Node> _idle = [];
    private readonly HashSet<Node> _filled = [];

    private LossGuard(Graph graph, Scope scope, Node classes)
    {
        Classes = classes;
        foreach (Node node in graph.Nodes.Where(IsZero))
        {
            _zero.Add(node);
        }

        var outputs = new HashSet<Node>(graph.Outputs.Select(o => o.Node));
        var users = graph.Nodes.SelectMany(n => n.Inputs.Select(i => (Used: i, User: n))).ToLookup(p => p.Used, p => p.User);
        foreach (Node node in graph.Nodes.Reverse().Where(n => n.Op is Elementwise or Reduce || Scope.IsView(n)))
        {
            bool isSum = BatchSums.IsSum(node);
            bool isZero = isSum ? _zero.Contains(node.Inputs[0]) : _zero.Contains(node);
            bool isRead = !users[node].All(_idle.Contains);
            bool isNeeded = isRead || outputs.Contains(node);
            bool mayBeFilled = isZero && !scope.IsDeferred(node) && !Scope.IsView(node);
            if ((!isNeeded || mayBeFilled) && !HoldsProduct(node, scope))
            {
                _idle.Add(node);
                if (isNeeded)
                {
                    _filled.Add(node);
                }
            }
        }
    }

    /// <summary>The classes of the samples, an input of the stage: below zero where there is none.</summary>
    public Node Classes { get; }

    /// <summary>Null where every sample has a target.</summary>
    public static LossGuard? Of(Graph graph, Scope scope)
    {
        Node? mask = graph.Nodes.FirstOrDefault(n => n.Op is Select && Uniform.Is(n.Inputs[2], 0) && ClassesOf(n.Inputs[0]) is not null)?.Inputs[0];
        return mask is null ? null : new LossGuard(graph, scope, ClassesOf(mask)!);
    }

    /// <summary>Whether it need not be computed for a sample without a target.</summary>
    public bool IsIdle(Node node) => _idle.Contains(node);

    /// <summary>Whether it is then a zero that somebody reads.</summary>
    public bool IsZeroThen(Node node) => _filled.Contains(node);

    private bool IsZero(Node node) => node.Op switch
    {
        Select => Uniform.Is(node.Inputs[2], 0) && ClassesOf(node.Inputs[0]) == Classes,
        Multiply => node.Inputs.Any(_zero.Contains),
        Divide => _zero.Contains(node.Inputs[0]),
        Add or Subtract => node.Inputs.All(_zero.Contains),
        Negate or Reduce { Kind: Reduction.Sum } => _zero.Contains(node.Inputs[0]) && BatchSums.HasSamples(node),
        _ => Scope.IsView(node) && node.Op is not Item && _zero.Contains(node.Inputs[0]),
    };

    /// <summary>x of 0 ≤ x, for one class a sample.</summary>
    private static Node? ClassesOf(Node mask) =>
        mask.Op is Compare { Kind: Comparison.LessOrEqual } && Uniform.Is(mask.Inputs[0], 0) && mask.Inputs[1] is { Op: Input, Shape.Rank: 1 } classes
            ? classes
            : null;

    /// <summary>Whether its kernel is that of a product, which is made for many samples at once.</summary>
    private static bool HoldsProduct(Node node, Scope scope) => node.Inputs.Any(i =>
        scope.IsDeferred(i) && (i.Op is MatMul or SparseProduct or Convolution || HoldsProduct(i, scope)));
}
