using System.Collections.Immutable;

namespace DeepGen.Data;

/// <summary>
/// Samples in memory. A part of a data set, or the same samples in another order, is a view: it names rows of the same columns and
/// copies none of them.
/// </summary>
public sealed partial class DataSet : IDataSource
{
    private readonly ImmutableArray<Column> _inputs;
    private readonly ImmutableArray<Column> _targets;

    /// <summary>Null if the samples are all rows in their order.</summary>
    private readonly int[]? _rows;

    /// <summary>Samples whose inputs and targets lie in columns.</summary>
    /// <exception cref="ArgumentException">The columns are not of one length, or there is no sample.</exception>
    public DataSet(ImmutableArray<Column> inputs, ImmutableArray<Column> targets)
        : this(inputs, targets, default, null) => CheckColumns(inputs, targets);

    private DataSet(ImmutableArray<Column> inputs, ImmutableArray<Column> targets, ImmutableArray<NodeGraph> graphs, int[]? rows)
    {
        (_inputs, _targets, _graphs, _rows) = (inputs, targets, graphs, rows);
        Layout = new SampleLayout(
            [.. inputs.Select(c => c.Shape)],
            [.. targets.Select(c => c.IsClasses ? TargetLayout.Classes(c.Shape.AsSpan()) : TargetLayout.Values(c.Shape.AsSpan()))]);
    }

    /// <summary>How many samples.</summary>
    public int Count => _rows?.Length ?? _inputs[0].Count;

    /// <inheritdoc/>
    public SampleLayout Layout { get; }

    long? IDataSource.Count => Count;

    /// <summary>One input of values and a class for each sample; the arrays are taken as they are.</summary>
    /// <param name="inputs">Samples one after another.</param>
    /// <param name="shape">The sizes of one sample's input.</param>
    /// <param name="classes">One for each sample, from 0.</param>
    /// <param name="classNames">The names of the classes, if they have any.</param>
    public static DataSet FromArrays(float[] inputs, ReadOnlySpan<int> shape, int[] classes, ImmutableArray<string> classNames = default) =>
        new([Column.OfValues(inputs, shape)], [Column.OfClasses(classes, classNames)]);

    /// <summary>One input and one target of values; the arrays are taken as they are.</summary>
    /// <param name="inputs">Samples one after another.</param>
    /// <param name="shape">The sizes of one sample's input.</param>
    /// <param name="targets">Samples one after another.</param>
    /// <param name="targetShape">The sizes of one sample's target.</param>
    public static DataSet FromArrays(float[] inputs, ReadOnlySpan<int> shape, float[] targets, ReadOnlySpan<int> targetShape) =>
        new([Column.OfValues(inputs, shape)], [Column.OfValues(targets, targetShape)]);

    /// <summary>The values of an input of a sample.</summary>
    public ReadOnlySpan<float> Input(int sample, int input = 0) => _inputs[input].Values(Row(sample));

    /// <summary>The class of a sample; where it has one for each of several places, the first.</summary>
    public int Class(int sample, int target = 0) => Classes(sample, target)[0];

    /// <summary>The classes of a sample, one for each place.</summary>
    public ReadOnlySpan<int> Classes(int sample, int target = 0) => _targets[target].Classes(Row(sample));

    /// <summary>The values of a target of a sample.</summary>
    public ReadOnlySpan<float> Target(int sample, int target = 0) => _targets[target].Values(Row(sample));

    /// <summary>The names of a target's classes; empty if they have none.</summary>
    public ImmutableArray<string> ClassNames(int target = 0) => _targets[target].ClassNames;

    /// <inheritdoc/>
    public BatchReader Read(BatchOptions options) => new DataSetReader(this, options);

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Count} samples: {string.Join(", ", Layout.Inputs.Select(s => Shapes.Text(s)))} to {string.Join(", ", Layout.Targets.Select(t => t.IsClass ? t.Shape.IsEmpty ? "class" : $"classes {Shapes.Text(t.Shape)}" : Shapes.Text(t.Shape)))}";

    internal void CopyTo(int sample, BatchBuffer buffer, int row)
    {
        int from = Row(sample);
        for (int i = 0; i < _inputs.Length; i++)
        {
            Copy(_inputs[i].Values(from), buffer.Input(i, row), 0);
        }

        for (int t = 0; t < _targets.Length; t++)
        {
            if (_targets[t].IsClasses)
            {
                Copy(_targets[t].Classes(from), buffer.Classes(t, row), -1);
            }
            else
            {
                Copy(_targets[t].Values(from), buffer.Values(t, row), float.NaN);
            }
        }

        buffer.Graphs?.Put(row, _graphs[from]);
    }

    /// <summary>Copies what a sample has; where there is room for more rows, nothing is there.</summary>
    private static void Copy<T>(ReadOnlySpan<T> values, Span<T> room, T nothing)
    {
        values.CopyTo(room);
        room[values.Length..].Fill(nothing);
    }

    private static void CheckColumns(ImmutableArray<Column> inputs, ImmutableArray<Column> targets)
    {
        int count = inputs.IsDefaultOrEmpty ? 0 : inputs[0].Count;
        if (count == 0)
        {
            throw new ArgumentException("data need an input and a sample", nameof(inputs));
        }

        foreach (var column in inputs)
        {
            if (column.IsClasses)
            {
                throw new ArgumentException("an input has values; one of these columns holds classes", nameof(inputs));
            }
        }

        foreach (var column in inputs.AddRange(targets))
        {
            if (column.Count != count)
            {
                throw new ArgumentException($"the first input has {count} samples, another column {column.Count}", nameof(targets));
            }
        }
    }

    private int Row(int sample)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sample);
        return _rows is null ? sample : _rows[sample];
    }
}
