using System.Collections.Immutable;

namespace DeepGen.Data;

/// <summary>Samples that are graphs: beside its inputs, which have a row for every node, each has edges.</summary>
public sealed partial class DataSet
{
    /// <summary>One for each row of the columns; default where samples are no graphs.</summary>
    private readonly ImmutableArray<NodeGraph> _graphs;

    /// <summary>Samples each of which is a graph.</summary>
    /// <param name="inputs">The inputs; a column of rows has a row for every node.</param>
    /// <param name="targets">The targets; a column of rows has a row for every node.</param>
    /// <param name="graphs">The graph of each sample.</param>
    /// <exception cref="ArgumentException">Numbers of samples or of nodes do not agree; the message says where.</exception>
    public DataSet(ImmutableArray<Column> inputs, ImmutableArray<Column> targets, ImmutableArray<NodeGraph> graphs)
        : this(inputs, targets, graphs, null)
    {
        if (graphs.IsDefaultOrEmpty)
        {
            throw new ArgumentException("there are no graphs", nameof(graphs));
        }

        CheckGraphs(inputs, "input", graphs);
        CheckGraphs(targets, "target", graphs);
        CheckColumns(inputs, targets);
    }

    /// <summary>Whether each sample is a graph.</summary>
    public bool HasGraphs => !_graphs.IsDefault;

    /// <summary>Graphs with a class for each.</summary>
    /// <param name="graphs">The graphs.</param>
    /// <param name="nodes">The numbers of each node, those of a graph's nodes after those of the one before; taken as they are.</param>
    /// <param name="classes">One for each graph, from 0.</param>
    /// <param name="classNames">The names of the classes, if they have any.</param>
    /// <exception cref="ArgumentException">Numbers of graphs, nodes and classes do not agree; the message says where.</exception>
    public static DataSet FromGraphs(IEnumerable<NodeGraph> graphs, float[] nodes, int[] classes, ImmutableArray<string> classNames = default) =>
        FromGraphs(graphs, nodes, Column.OfClasses(classes, classNames));

    /// <summary>Graphs with targets of any kind: <see cref="Column.OfRows(int[], ReadOnlySpan{int}, ImmutableArray{string})"/> has one for each node.</summary>
    /// <param name="graphs">The graphs.</param>
    /// <param name="nodes">The numbers of each node, those of a graph's nodes after those of the one before; taken as they are.</param>
    /// <param name="targets">A target for each loss.</param>
    /// <exception cref="ArgumentException">Numbers of graphs, nodes and targets do not agree; the message says where.</exception>
    public static DataSet FromGraphs(IEnumerable<NodeGraph> graphs, float[] nodes, params ReadOnlySpan<Column> targets)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        ImmutableArray<NodeGraph> all = [.. graphs];
        int[] counts = [.. all.Select(g => g.Nodes)];
        int total = Math.Max(1, counts.Sum());
        if (nodes.Length == 0 || nodes.Length % total != 0)
        {
            throw new ArgumentException($"{nodes.Length} values do not make rows of the {total} nodes of {all.Length} graphs", nameof(nodes));
        }

        var rows = Column.OfRows(nodes, counts, nodes.Length / total);
        return new DataSet([rows, rows.RowCounts], [.. targets], all);
    }

    /// <summary>The graph of a sample.</summary>
    /// <exception cref="InvalidOperationException">Samples are no graphs.</exception>
    public NodeGraph Graph(int sample) =>
        HasGraphs ? _graphs[Row(sample)] : throw new InvalidOperationException("the samples of this data set are no graphs");

    /// <summary>The same samples with columns of rows as wide as a network's inputs and targets are.</summary>
    internal DataSet Padded(ReadOnlySpan<int> inputRows, ReadOnlySpan<int> targetRows) => new(Padded(_inputs, inputRows), Padded(_targets, targetRows), _graphs, _rows);

    /// <summary>How many rows a sample has in an input, or −1 if all have the same number.</summary>
    internal int RowsOfInput(int sample, int input) => _inputs[input].HasRows ? _inputs[input].Rows(Row(sample)) : -1;

    /// <summary>How many rows a sample has in a target, or −1 if all have the same number.</summary>
    internal int RowsOfTarget(int sample, int target) => _targets[target].HasRows ? _targets[target].Rows(Row(sample)) : -1;

    private static ImmutableArray<Column> Padded(ImmutableArray<Column> columns, ReadOnlySpan<int> rows)
    {
        var padded = columns.ToBuilder();
        for (int c = 0; c < columns.Length; c++)
        {
            padded[c] = columns[c].HasRows ? columns[c].Padded(rows[c]) : columns[c];
        }

        return padded.ToImmutable();
    }

    private static void CheckGraphs(ImmutableArray<Column> columns, string kind, ImmutableArray<NodeGraph> graphs)
    {
        for (int c = 0; c < columns.Length; c++)
        {
            if (columns[c].Count != graphs.Length)
            {
                throw new ArgumentException($"there are {graphs.Length} graphs, but {kind} {c} has {columns[c].Count} samples", nameof(columns));
            }

            for (int g = 0; columns[c].HasRows && g < graphs.Length; g++)
            {
                if (columns[c].Rows(g) != graphs[g].Nodes)
                {
                    throw new ArgumentException($"graph {g} has {graphs[g].Nodes} nodes, but {kind} {c} has {columns[c].Rows(g)} rows for it", nameof(columns));
                }
            }
        }
    }
}
