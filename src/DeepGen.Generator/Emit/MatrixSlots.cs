using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Lower;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Emit;

/// <summary>
/// Where a program finds the caller's sparse matrices: an input in its own slot of the feed, the matrices of the graph behind all
/// else that is fed, in their order.
/// </summary>
internal sealed class MatrixSlots(string source, int first, ImmutableArray<Adjacency> matrices)
{
    /// <summary>The matrices of the graph that a network reads, in the order in which they are fed.</summary>
    public static ImmutableArray<Adjacency> In(Graph graph) => All(graph).Distinct().OrderBy(a => a.Weights).ThenBy(a => a.Reach ?? -1).ToImmutableArray();

    /// <summary>The first slot behind them.</summary>
    public int End => first + matrices.Length;

    /// <summary>The matrices of which entries are dropped before the stages begin: the slot, and how.</summary>
    public List<(int Slot, Dropping Dropping)> Dropped { get; } = [];

    public string Text(SparseOperand operand)
    {
        int slot = operand.Matrix is Input input ? input.Index : first + matrices.IndexOf((Adjacency)operand.Matrix);
        if (operand.IsDroppedBefore)
        {
            int known = Dropped.FindIndex(d => d.Slot == slot && d.Dropping.Rate == operand.Dropping!.Rate && d.Dropping.Key.IsSame(operand.Dropping.Key));
            if (known < 0)
            {
                known = Dropped.Count;
                Dropped.Add((slot, operand.Dropping!));
            }

            return $"in {source}.Dropped({NumberText.Of(known)}, {(operand.IsTransposed ? "1" : "0")})";
        }

        return $"in {source}.Sparse({NumberText.Of(slot)}, {NumberText.Of((2 * (int)operand.Form) + (operand.IsTransposed ? 1 : 0))})";
    }

    private static IEnumerable<Adjacency> All(Graph graph) => graph.Nodes.SelectMany(n => n.Op switch
    {
        Adjacency adjacency => [adjacency],
        Repeat repeat => All(repeat.Body),
        _ => Enumerable.Empty<Adjacency>(),
    });
}
