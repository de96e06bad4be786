using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Lower;

/// <summary>
/// Which values a later stage computes again rather than reading them from memory: cheap ones that come from few others. A mask
/// or a normalised image costs less than the memory it would fill.
/// </summary>
/// <param name="times">When values can be computed.</param>
/// <param name="kept">Values that are kept whatever is computed again: whoever needs one reads it.</param>
internal sealed class Recomputing(StageTimes times, ISet<Node> kept)
{
    private const int MostOperations = 40;
    private const int MostSources = 3;

    private readonly Dictionary<Node, (ImmutableHashSet<Node> Sources, int Operations)> _known = [];

    /// <summary>Nodes are asked for in the order of the graph, or after a later one: recursion stays shallow.</summary>
    public void Visit(Node node)
    {
        var sources = node.Inputs.Aggregate(ImmutableHashSet<Node>.Empty, (all, i) => all.Union(_known[i].Sources));
        int operations = node.Inputs.Sum(i => _known[i].Operations) + OperationCost.Of(node.Op);
        if (times.IsFree(node))
        {
            _known[node] = (ImmutableHashSet<Node>.Empty, 0);
        }
        else if (!MayRecompute(node) || operations > MostOperations)
        {
            Keep(node);
        }
        else if (sources.Count <= MostSources)
        {
            _known[node] = (sources, operations);
        }
        else if (OnlyOfSamples(node) is { } only)
        {
            Keep(only);
            _known[node] = (sources.Where(s => !BatchSums.HasSamples(s)).ToImmutableHashSet().Add(only), OperationCost.Of(node.Op));
        }
        else
        {
            Keep(node);
        }
    }

    public bool IsCheap(Node node) => !_known[node].Sources.Contains(node);

    private void Keep(Node node) => _known[node] = (ImmutableHashSet.Create(node), 0);

    private bool MayRecompute(Node node) =>
        !kept.Contains(node) && BatchSums.HasSamples(node) && (node.Op is Elementwise or Noise || (Scope.IsView(node) && node.Op is not Item));

    /// <summary>
    /// The one value of a sample that a node comes from, beside those of the whole batch. To keep it in the node's place costs no more, and others may come
    /// from it.
    /// </summary>
    private Node? OnlyOfSamples(Node node)
    {
        List<Node> ofSamples = node.Inputs.Where(i => _known[i].Sources.Any(BatchSums.HasSamples)).Distinct().ToList();
        if (ofSamples.Count != 1)
        {
            return null;
        }

        Node only = ofSamples[0];
        while (Scope.IsView(only) && only.Op is not Item)
        {
            only = only.Inputs[0];
        }

        return only;
    }
}
