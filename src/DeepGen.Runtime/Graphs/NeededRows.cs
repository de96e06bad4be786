using System.Collections.Immutable;
using System.Runtime.InteropServices;
using DeepGen.Runtime;

namespace DeepGen;

/// <summary>
/// Matrices without the rows that no loss needs: those further from every node with a target than a layer's numbers can
/// travel. They are kept as long as graph and targets are the same.
/// </summary>
public sealed class NeededRows
{
    private const int MostKept = 32;

    private readonly ImmutableArray<TargetSignature> _signatures;
    private readonly byte[][] _targets;
    private readonly List<(SparseMatrix Of, int Reach, SparseLayout Rows)> _kept = [];
    private NodeGraph? _graph;
    private int[]? _steps;

    internal NeededRows(ImmutableArray<TargetSignature> signatures)
    {
        _signatures = signatures;
        _targets = new byte[signatures.Length][];
        Array.Fill(_targets, []);
    }

    /// <summary>Says over which graph the next step goes.</summary>
    internal void Over(NodeGraph graph, int batch)
    {
        Arguments.Nodes(graph, batch);
        if (_graph != graph)
        {
            _graph = graph;
            Forget();
        }
    }

    /// <summary>Says the targets of a loss that may be missing, as the compiled step reads them. Called by generated code.</summary>
    public void See(int index, ReadOnlySpan<float> targets)
    {
        // Compared as bytes, since a value that is not a number equals nothing.
        var bytes = MemoryMarshal.AsBytes(targets);
        if (!bytes.SequenceEqual(_targets[index]))
        {
            _targets[index] = bytes.ToArray();
            Forget();
        }
    }

    /// <summary>The rows of a matrix whose nodes are at most so many edges from a node with a target; the others are empty. Called by generated code.</summary>
    public SparseLayout Rows(SparseMatrix matrix, int reach)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        foreach (var (of, known, rows) in _kept)
        {
            if (of == matrix && known == reach)
            {
                return rows;
            }
        }

        if (_kept.Count == MostKept)
        {
            _kept.Clear();
        }

        var kept = Within(matrix, reach);
        _kept.Add((matrix, reach, kept));
        return kept;
    }

    private void Forget()
    {
        _steps = null;
        _kept.Clear();
    }

    private SparseLayout Within(SparseMatrix matrix, int reach)
    {
        int[] steps = _steps ??= Steps();
        int[] starts = new int[matrix.Rows + 1];
        var columns = new List<int>();
        var values = new List<float>();
        for (int row = 0; row < matrix.Rows; row++)
        {
            if (steps[row] <= reach)
            {
                columns.AddRange(matrix.ColumnIndices[matrix.RowStarts[row]..matrix.RowStarts[row + 1]]);
                values.AddRange(matrix.Values[matrix.RowStarts[row]..matrix.RowStarts[row + 1]]);
            }

            starts[row + 1] = columns.Count;
        }

        return new SparseLayout(matrix.Rows, matrix.Columns, starts, [.. columns], [.. values]);
    }

    /// <summary>For each node how many edges there are from it to the nearest with a target, against the edges' direction.</summary>
    private int[] Steps()
    {
        int nodes = _graph!.Nodes;
        int[] steps = new int[nodes];
        Array.Fill(steps, int.MaxValue);
        var reached = new Queue<int>();
        for (int t = 0; t < _targets.Length; t++)
        {
            // A class below zero is none; nor is a value that is not a number.
            float least = _signatures[t].Classes > 0 ? 0 : float.NegativeInfinity;
            var values = MemoryMarshal.Cast<byte, float>(_targets[t]);
            int width = values.Length / nodes;
            for (int node = 0; node < nodes; node++)
            {
                if (steps[node] != 0 && HasAtLeast(values.Slice(node * width, width), least))
                {
                    steps[node] = 0;
                    reached.Enqueue(node);
                }
            }
        }

        var edges = _graph.Adjacency;
        while (reached.TryDequeue(out int node))
        {
            foreach (int other in edges.ColumnIndices[edges.RowStarts[node]..edges.RowStarts[node + 1]])
            {
                if (steps[other] == int.MaxValue)
                {
                    steps[other] = steps[node] + 1;
                    reached.Enqueue(other);
                }
            }
        }

        return steps;
    }

    private static bool HasAtLeast(ReadOnlySpan<float> values, float least)
    {
        foreach (float value in values)
        {
            if (value >= least)
            {
                return true;
            }
        }

        return false;
    }
}
