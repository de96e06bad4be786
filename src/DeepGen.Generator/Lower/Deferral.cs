using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Lower;

/// <summary>
/// Which nodes have no kernel of their own, because their user computes them on the way, or each of their users does where
/// that costs no more than reading them. Trees grow from the operands up; one that would need more operations than a method
/// can keep track of is computed without its largest branch, which gets a kernel of its own.
/// </summary>
internal sealed class Deferral
{
    /// <summary>
    /// What a kernel computes per element, functions counted with their polynomials. A tile does it for two vectors at once,
    /// after sixteen products, and beyond some 200 vector operations in one method compilers lose track of locals.
    /// </summary>
    internal const int MostOperations = 90;

    /// <summary>So few operations, and readings, of one value and some that repeat cost no more than writing and reading their result.</summary>
    private const int MostRepeated = 6;

    private readonly HashSet<Node> _deferred = [];
    private readonly Dictionary<Node, HashSet<Node>> _sources = [];
    private readonly HashSet<Node> _holdingHeavy = [];
    private readonly Dictionary<Node, int> _operations = [];

    /// <param name="graph">Its nodes, operands before users.</param>
    /// <param name="users">Who has a node for an operand; null among them for an output of the graph.</param>
    public Deferral(Graph graph, Func<Node, IReadOnlyList<Node?>> users)
    {
        foreach (Node node in graph.Nodes)
        {
            List<Node> branches = node.Inputs.Distinct()
                .Where(i => users(i) is var all && (all.Count == 1 || IsRepeatable(i)) && all.All(u => u is not null && Joins(i, u)))
                .OrderBy(i => _operations[i])
                .ToList();
            int operations = OperationCost.Of(node.Op) + branches.Sum(CostOf);
            while (operations > MostOperations && branches.Count > 0)
            {
                operations -= CostOf(branches[branches.Count - 1]);
                branches.RemoveAt(branches.Count - 1);
            }

            _deferred.UnionWith(branches);
            _operations.Add(node, operations);
            _sources.Add(node, SourcesOf(node));
            if (branches.Any(b => Scope.IsHeavy(b) || _holdingHeavy.Contains(b)))
            {
                _holdingHeavy.Add(node);
            }
        }

        // Who computes a value again also reads again what it comes from.
        int CostOf(Node branch) => _operations[branch] + (users(branch).Count > 1 ? branch.Inputs.Length : 0);
    }

    public bool Contains(Node node) => _deferred.Contains(node);

    private bool IsRepeatable(Node node) =>
        node.Op is Elementwise && _operations[node] <= MostRepeated && _sources[node].Count <= 1 && !_holdingHeavy.Contains(node);

    /// <summary>What a node's tree reads, but for values that are spread from fewer.</summary>
    private HashSet<Node> SourcesOf(Node node)
    {
        var sources = new HashSet<Node>();
        foreach (Node input in node.Inputs.Where(i => i.Op is not Broadcast))
        {
            sources.UnionWith(_deferred.Contains(input) ? _sources[input] : [input]);
        }

        return sources;
    }

    private bool Joins(Node node, Node user) => node.Op switch
    {
        // In a tree with a product, the product's epilogue is the better place for what follows.
        Elementwise => user.Op is Elementwise or Concat or Pad or Remember || (ReadsOnce(user) && !_holdingHeavy.Contains(node)),
        _ => Scope.IsHeavy(node) && (user.Op is Elementwise or Concat or Pad or Remember || (BatchSums.IsSum(user) && user.Op is Reduce && HandlesOneSample(node))),
    };

    /// <summary>A product whose rows are samples has many of them in one kernel: it cannot let a sum over samples grow.</summary>
    private static bool HandlesOneSample(Node heavy) => heavy.Op is not (MatMul or SparseProduct) || !heavy.Shape[heavy.Shape.Rank - 2].IsBatch;

    /// <summary>Reductions that read each element once may compute it on the way.</summary>
    private static bool ReadsOnce(Node user) =>
        user.Op is Reduce || (user.Op is Window window && window.Stride[0] >= window.Size[0] && window.Stride[1] >= window.Size[1]);
}
