using DeepGen.Runtime;

namespace DeepGen;

/// <summary>
/// Several graphs for a network each of whose samples is one. All have the same number of rows, of which the first are nodes; nothing
/// leads to the others. Made once and handed to any number of calls.
/// </summary>
public sealed class GraphBatch
{
    private readonly NodeGraph[] _graphs;
    private readonly int[] _nodes;
    private readonly SparseLayout?[] _matrices = new SparseLayout?[Enum.GetValues<NeighbourWeights>().Length];
    private readonly bool[] _isPacked = new bool[Enum.GetValues<NeighbourWeights>().Length];
    private readonly Lock _gate = new();

    private GraphBatch(NodeGraph[] graphs, int rows)
    {
        _graphs = graphs;
        _nodes = [.. graphs.Select(g => g.Nodes)];
        Count = graphs.Length;
        Rows = rows;
    }

    /// <summary>Room for batches of up to so many graphs, each in the memory of the one before; empty at first.</summary>
    internal GraphBatch(int most)
    {
        _graphs = new NodeGraph[most];
        _nodes = new int[most];
    }

    /// <summary>How many graphs.</summary>
    public int Count { get; private set; }

    /// <summary>How many rows each has: what the size of the nodes is in a call.</summary>
    public int Rows { get; private set; }

    /// <summary>How many nodes each graph has: the lengths of a call.</summary>
    public ReadOnlySpan<int> NodeCounts => _nodes.AsSpan(0, Count);

    /// <summary>The graphs one by one.</summary>
    public ReadOnlySpan<NodeGraph> Graphs => _graphs.AsSpan(0, Count);

    /// <summary>Packs graphs.</summary>
    /// <param name="graphs">The graphs, one for each sample.</param>
    /// <param name="rows">How many rows each gets; left out, as many as the largest has nodes.</param>
    /// <exception cref="ArgumentException">There are none, or one has more nodes than rows; the message says which.</exception>
    public static GraphBatch Pack(IEnumerable<NodeGraph> graphs, int rows = 0)
    {
        NodeGraph[] all = [.. graphs];
        if (all.Length == 0)
        {
            throw new ArgumentException("there are no graphs", nameof(graphs));
        }

        int room = rows > 0 ? rows : all.Max(g => g.Nodes);
        int large = Array.FindIndex(all, g => g.Nodes > room);
        return large < 0
            ? new GraphBatch(all, room)
            : throw new ArgumentException($"graph {large} has {all[large].Nodes} nodes, but each graph gets {room} rows", nameof(graphs));
    }

    /// <summary>Packs graphs whose nodes are numbered one after another: those of the first graph, then those of the second.</summary>
    /// <param name="graphOf">The number of each node's graph: 0 for the first nodes, then 1, and so on.</param>
    /// <param name="from">One end of each edge: who is listened to, where edges have a direction.</param>
    /// <param name="to">The other end: who listens.</param>
    /// <param name="weights">The weight of each edge; left out, all are one, and an edge given twice is one edge.</param>
    /// <param name="directed">Whether only <paramref name="to"/> listens to <paramref name="from"/>, and not also the other way round.</param>
    /// <param name="rows">How many rows each gets; left out, as many as the largest has nodes.</param>
    /// <exception cref="ArgumentException">A graph has no node, or an edge names a node that is not there or of another graph; the message says which.</exception>
    public static GraphBatch FromEdges(
        ReadOnlySpan<int> graphOf, ReadOnlySpan<int> from, ReadOnlySpan<int> to, ReadOnlySpan<float> weights = default, bool directed = false, int rows = 0)
    {
        int[] first = FirstNodes(graphOf);
        if (to.Length != from.Length || (!weights.IsEmpty && weights.Length != from.Length))
        {
            throw new ArgumentException($"edges have {from.Length} beginnings, {to.Length} ends and {weights.Length} weights; each edge has one of each");
        }

        var edges = new List<(int From, int To, float Weight)>[first.Length - 1];
        for (int g = 0; g < edges.Length; g++)
        {
            edges[g] = [];
        }

        for (int e = 0; e < from.Length; e++)
        {
            if ((uint)from[e] >= (uint)graphOf.Length || (uint)to[e] >= (uint)graphOf.Length)
            {
                throw new ArgumentException($"edge {e} goes from node {from[e]} to node {to[e]}, but the nodes are 0 to {graphOf.Length - 1}");
            }

            float weight = weights.IsEmpty ? 1 : weights[e];
            if (!float.IsFinite(weight))
            {
                throw new ArgumentException($"edge {e} has the weight {weight}, which is not a finite number");
            }

            int g = graphOf[from[e]];
            if (graphOf[to[e]] != g)
            {
                throw new ArgumentException($"edge {e} goes from node {from[e]} of graph {g} to node {to[e]} of graph {graphOf[to[e]]}");
            }

            edges[g].Add((from[e] - first[g], to[e] - first[g], weight));
        }

        bool isPlain = weights.IsEmpty;
        return Pack(
            edges.Select((own, g) => NodeGraph.FromEdges(
                first[g + 1] - first[g], [.. own.Select(e => e.From)], [.. own.Select(e => e.To)], isPlain ? default : [.. own.Select(e => e.Weight)], directed)),
            rows);
    }

    /// <summary>The rows of all nodes, those of a graph after those of the one before, at their places: [graphs, rows, width].</summary>
    /// <param name="values">The rows of the nodes, one after another.</param>
    /// <exception cref="ArgumentException">They are not as many as there are nodes.</exception>
    public float[] Pad(ReadOnlySpan<float> values)
    {
        int nodes = 0;
        foreach (int own in NodeCounts)
        {
            nodes += own;
        }

        int width = values.Length / nodes;
        if (width * nodes != values.Length)
        {
            throw new ArgumentException($"{values.Length} values do not make rows of {nodes} nodes", nameof(values));
        }

        float[] padded = new float[checked(Count * Rows * width)];
        for (int g = 0, at = 0; g < Count; at += _nodes[g++])
        {
            values.Slice(at * width, _nodes[g] * width).CopyTo(padded.AsSpan(g * Rows * width));
        }

        return padded;
    }

    /// <summary>What kernels multiply by; made when first asked for. Called by generated code.</summary>
    public SparseLayout Matrix(NeighbourWeights weights)
    {
        if (!Volatile.Read(ref _isPacked[(int)weights]))
        {
            lock (_gate)
            {
                if (!_isPacked[(int)weights])
                {
                    (_matrices[(int)weights] ??= new SparseLayout()).PutBlocks(Graphs, weights, Rows);
                    Volatile.Write(ref _isPacked[(int)weights], true);
                }
            }
        }

        return _matrices[(int)weights]!;
    }

    /// <summary>Names a graph of the next batch.</summary>
    internal void Put(int index, NodeGraph graph) => _graphs[index] = graph;

    /// <summary>Makes the graphs that were put a batch with as many rows as the largest has nodes.</summary>
    internal void Repack(int count)
    {
        (Count, Rows) = (count, 0);
        for (int g = 0; g < count; g++)
        {
            _nodes[g] = _graphs[g].Nodes;
            Rows = Math.Max(Rows, _nodes[g]);
        }

        Array.Clear(_isPacked);
    }

    /// <summary>The first node of each graph, and behind them the number of all.</summary>
    private static int[] FirstNodes(ReadOnlySpan<int> graphOf)
    {
        var first = new List<int>();
        for (int node = 0; node < graphOf.Length; node++)
        {
            if (graphOf[node] < 0)
            {
                throw new ArgumentException($"node {node} is of graph {graphOf[node]}, but graphs are numbered from 0");
            }

            if (graphOf[node] < first.Count - 1)
            {
                throw new ArgumentException($"node {node} is of graph {graphOf[node]}, but the one before it of graph {first.Count - 1}; the nodes of a graph follow one another");
            }

            if (graphOf[node] > first.Count)
            {
                throw new ArgumentException($"graph {first.Count} has no nodes: node {node} is of graph {graphOf[node]}");
            }

            if (graphOf[node] == first.Count)
            {
                first.Add(node);
            }
        }

        return [.. first, graphOf.Length];
    }
}
