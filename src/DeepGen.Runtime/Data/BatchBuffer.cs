using System.Collections.Immutable;

namespace DeepGen.Data;

/// <summary>The memory of one batch, and the batch objects that look at it: one for all rows, one for fewer.</summary>
internal sealed class BatchBuffer
{
    private readonly float[][] _inputs;
    private readonly float[][] _values;
    private readonly int[][] _classes;
    private readonly SampleLayout _layout;
    private readonly Batch _full;
    private Batch _fewer;

    /// <param name="layout">What every sample has.</param>
    /// <param name="size">How many samples there is room for.</param>
    /// <param name="hasGraphs">Whether each is a graph.</param>
    public BatchBuffer(SampleLayout layout, int size, bool hasGraphs = false)
    {
        Graphs = hasGraphs ? new GraphBatch(size) : null;
        _layout = layout;
        _inputs = [.. layout.Inputs.Select(s => new float[checked(size * SampleLayout.LengthOf(s))])];
        _values = [.. layout.Targets.Select(t => t.IsClass ? [] : new float[checked(size * SampleLayout.LengthOf(t.Shape))])];
        _classes = [.. layout.Targets.Select(t => t.IsClass ? new int[checked(size * SampleLayout.LengthOf(t.Shape))] : [])];
        Samples = new long[size];
        _full = _fewer = Look(size);
    }

    /// <summary>The number of each row's sample.</summary>
    public long[] Samples { get; }

    /// <summary>The graphs of the samples, if they are graphs; packed anew for each batch.</summary>
    public GraphBatch? Graphs { get; }

    /// <summary>How many rows there are.</summary>
    public int Size => Samples.Length;

    public Span<float> Input(int input, int row) => Row(_inputs[input], row);

    public Span<float> Values(int target, int row) => Row(_values[target], row);

    public Span<int> Classes(int target, int row) => Row(_classes[target], row);

    /// <summary>The first rows as a batch.</summary>
    public Batch Take(int count)
    {
        if (count == Size)
        {
            return _full;
        }

        if (_fewer.Count != count)
        {
            _fewer = Look(count);
        }

        return _fewer;
    }

    private Span<T> Row<T>(T[] rows, int row)
    {
        int length = rows.Length / Size;
        return rows.AsSpan(row * length, length);
    }

    private Batch Look(int count) => new(
        count,
        [.. _inputs.Select(rows => new ReadOnlyMemory<float>(rows, 0, rows.Length / Size * count))],
        [.. _layout.Targets.Select((target, t) => target.IsClass
            ? new Target(new ReadOnlyMemory<int>(_classes[t], 0, _classes[t].Length / Size * count))
            : new Target(new ReadOnlyMemory<float>(_values[t], 0, _values[t].Length / Size * count)))])
    {
        Graphs = Graphs,
    };
}
