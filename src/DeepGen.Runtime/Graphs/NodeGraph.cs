namespace DeepGen;

/// <summary>
/// A graph for networks whose samples are its nodes: every node listens to its neighbours. Made once and handed to any number of
/// calls, of any networks and threads; another graph needs nothing compiled.
/// </summary>
public sealed class NodeGraph
{
    private readonly SparseMatrix _edges;
    private readonly SparseMatrix?[] _matrices = new SparseMatrix?[Enum.GetValues<NeighbourWeights>().Length];
    private readonly Lock _gate = new();

    private NodeGraph(SparseMatrix edges) => _edges = edges;

    /// <summary>How many nodes.</summary>
    public int Nodes => _edges.Rows;

    /// <summary>How many pairs (listener, neighbour) there are: two for an edge without direction.</summary>
    public int Edges => _edges.Count;

    /// <summary>The graph's own matrix: in row i, the weights of the nodes that node i listens to.</summary>
    public SparseMatrix Adjacency => _edges;

    /// <summary>A graph of edges between pairs of nodes.</summary>
    /// <param name="nodes">How many nodes; they are numbered from 0.</param>
    /// <param name="from">One end of each edge: who is listened to, where edges have a direction.</param>
    /// <param name="to">The other end: who listens.</param>
    /// <param name="weights">The weight of each edge; left out, all are one, and an edge given twice is one edge.</param>
    /// <param name="directed">Whether only <paramref name="to"/> listens to <paramref name="from"/>, and not also the other way round.</param>
    /// <exception cref="ArgumentException">An edge names a node that is not there, or the lengths differ; the message says which.</exception>
    public static NodeGraph FromEdges(
        int nodes, ReadOnlySpan<int> from, ReadOnlySpan<int> to, ReadOnlySpan<float> weights = default, bool directed = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(nodes, 1);
        if (to.Length != from.Length || (!weights.IsEmpty && weights.Length != from.Length))
        {
            throw new ArgumentException($"edges have {from.Length} beginnings, {to.Length} ends and {weights.Length} weights; each edge has one of each");
        }

        var rows = new List<int>(2 * from.Length);
        var columns = new List<int>(2 * from.Length);
        var values = new List<float>(2 * from.Length);
        for (int e = 0; e < from.Length; e++)
        {
            if ((uint)from[e] >= (uint)nodes || (uint)to[e] >= (uint)nodes)
            {
                throw new ArgumentException($"edge {e} goes from node {from[e]} to node {to[e]}, but the nodes are 0 to {nodes - 1}");
            }

            float weight = weights.IsEmpty ? 1 : weights[e];
            if (!float.IsFinite(weight))
            {
                throw new ArgumentException($"edge {e} has the weight {weight}, which is not a finite number");
            }

            Add(to[e], from[e], weight);
            if (!directed && from[e] != to[e])
            {
                Add(from[e], to[e], weight);
            }
        }

        var matrix = SparseMatrix.FromEntries(
            nodes, nodes, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(rows), System.Runtime.InteropServices.CollectionsMarshal.AsSpan(columns), System.Runtime.InteropServices.CollectionsMarshal.AsSpan(values));
        return new NodeGraph(weights.IsEmpty ? Runtime.GraphMatrices.WithOnes(matrix) : matrix);

        void Add(int row, int column, float weight)
        {
            rows.Add(row);
            columns.Add(column);
            values.Add(weight);
        }
    }

    /// <summary>A graph of pairs of nodes.</summary>
    /// <exception cref="ArgumentException">An edge names a node that is not there; the message says which.</exception>
    public static NodeGraph FromEdges(int nodes, IEnumerable<(int From, int To)> edges, bool directed = false)
    {
        (int From, int To)[] all = [.. edges];
        return FromEdges(nodes, [.. all.Select(e => e.From)], [.. all.Select(e => e.To)], default, directed);
    }

    /// <summary>A graph of its matrix: in row i, the weights of the nodes that node i listens to.</summary>
    /// <exception cref="ArgumentException">The matrix is not square.</exception>
    public static NodeGraph FromMatrix(SparseMatrix adjacency)
    {
        ArgumentNullException.ThrowIfNull(adjacency);
        return adjacency.Rows == adjacency.Columns
            ? new NodeGraph(adjacency)
            : throw new ArgumentException($"a graph's matrix is square, not {adjacency.Rows} x {adjacency.Columns}", nameof(adjacency));
    }

    /// <summary>The matrix that layers multiply by; made when first asked for.</summary>
    public SparseMatrix Matrix(NeighbourWeights weights)
    {
        var matrix = Volatile.Read(ref _matrices[(int)weights]);
        if (matrix is not null)
        {
            return matrix;
        }

        lock (_gate)
        {
            return _matrices[(int)weights] ??= Runtime.GraphMatrices.Of(weights, _edges);
        }
    }
}
