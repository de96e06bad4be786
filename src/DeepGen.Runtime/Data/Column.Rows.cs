using System.Collections.Immutable;

namespace DeepGen.Data;

/// <summary>Samples each of which has rows, as many as it likes: the steps of a sequence, the nodes of a graph.</summary>
public sealed partial class Column
{
    /// <summary>The first row of each sample, and behind them the number of all; null where all samples have the same shape.</summary>
    private readonly int[]? _starts;

    private Column(float[] values, int[]? classes, int[] starts, ImmutableArray<int> row, int most, ImmutableArray<string> classNames)
    {
        (Shape, ClassNames, IsClasses) = ([most, .. row], classNames, classes is not null);
        (_values, _classes, _starts) = (values, classes ?? [], starts);
        (Length, Count) = (SampleLayout.LengthOf(Shape), starts.Length - 1);
    }

    /// <summary>Whether each sample has rows of its own number.</summary>
    public bool HasRows => _starts is not null;

    /// <summary>How many rows each sample has, as a column: what an input of lengths is given.</summary>
    public Column RowCounts
    {
        get
        {
            float[] counts = new float[Count];
            for (int sample = 0; sample < Count; sample++)
            {
                counts[sample] = Rows(sample);
            }

            return OfValues(counts, 1);
        }
    }

    /// <summary>Rows of values, taken as they are, without a copy; a batch has room for as many as the largest sample has.</summary>
    /// <param name="values">The rows of the first sample, then those of the second.</param>
    /// <param name="counts">How many rows each sample has.</param>
    /// <param name="row">The sizes of a row; none for a single number each.</param>
    /// <exception cref="ArgumentException">A sample has no row, or the values are not as many; the message says which.</exception>
    public static Column OfRows(float[] values, ReadOnlySpan<int> counts, params ReadOnlySpan<int> row)
    {
        ArgumentNullException.ThrowIfNull(values);
        ImmutableArray<int> sizes = [.. row];
        int[] starts = Starts(counts, out int most);
        long expected = (long)starts[^1] * SampleLayout.LengthOf(sizes);
        return values.Length == expected
            ? new Column(values, null, starts, sizes, most, [])
            : throw new ArgumentException($"there are {values.Length} values, but {starts[^1]} rows of shape {Shapes.Text(sizes)} make {expected}", nameof(values));
    }

    /// <summary>A class for each row, taken as they are, without a copy.</summary>
    /// <param name="classes">Those of the first sample's rows, then those of the second's; −1 for a row that has none.</param>
    /// <param name="counts">How many rows each sample has.</param>
    /// <param name="names">The names of the classes, if they have any.</param>
    /// <exception cref="ArgumentException">A sample has no row, a class is less than −1 or has no name, or the classes are not as many; the message says which.</exception>
    public static Column OfRows(int[] classes, ReadOnlySpan<int> counts, ImmutableArray<string> names = default)
    {
        ArgumentNullException.ThrowIfNull(classes);
        int[] starts = Starts(counts, out int most);
        if (classes.Length != starts[^1])
        {
            throw new ArgumentException($"there are {classes.Length} classes, but {starts[^1]} rows", nameof(classes));
        }

        int limit = names.IsDefaultOrEmpty ? int.MaxValue : names.Length;
        if (classes.AsSpan().IndexOfAnyExceptInRange(-1, limit - 1) is >= 0 and var wrong)
        {
            throw new ArgumentException($"row {wrong} has class {classes[wrong]}, expected one from 0{(limit == int.MaxValue ? "" : $" to {limit - 1}")}, or -1 for none", nameof(classes));
        }

        return new Column([], classes, starts, [], most, names.IsDefault ? [] : names);
    }

    /// <summary>How many rows a sample has.</summary>
    public int Rows(int sample) => _starts is not null ? _starts[sample + 1] - _starts[sample] : Shape.IsEmpty ? 1 : Shape[0];

    /// <summary>The same samples with room for more rows in a batch: as many as the network takes.</summary>
    /// <exception cref="ArgumentException">A sample has more rows, or none has rows of its own number; the message says which.</exception>
    public Column Padded(int rows)
    {
        if (_starts is null)
        {
            throw new ArgumentException($"{this} have no rows of their own number", nameof(rows));
        }

        for (int sample = 0; sample < Count; sample++)
        {
            if (Rows(sample) > rows)
            {
                throw new ArgumentException($"sample {sample} has {Rows(sample)} rows, but there is room for {rows}", nameof(rows));
            }
        }

        return new Column(_values, IsClasses ? _classes : null, _starts, Shape.RemoveAt(0), rows, ClassNames);
    }

    /// <summary>The same samples with every value mapped to another.</summary>
    internal Column Mapped(SampleMap map)
    {
        float[] values = new float[_values.Length];
        for (int sample = 0; sample < Count; sample++)
        {
            var from = Values(sample);
            map(from, values.AsSpan(_starts![sample] * (Length / Shape[0]), from.Length));
        }

        return new Column(values, null, _starts!, Shape.RemoveAt(0), Shape[0], []);
    }

    private ReadOnlySpan<T> Of<T>(T[] all, int sample)
    {
        if (_starts is null)
        {
            return all.AsSpan(checked(sample * Length), Length);
        }

        int row = Length / Shape[0];
        return all.AsSpan(_starts[sample] * row, Rows(sample) * row);
    }

    private static int[] Starts(ReadOnlySpan<int> counts, out int most)
    {
        int[] starts = new int[counts.Length + 1];
        most = 1;
        for (int sample = 0; sample < counts.Length; sample++)
        {
            if (counts[sample] < 1)
            {
                throw new ArgumentException($"sample {sample} has {counts[sample]} rows; each has at least one", nameof(counts));
            }

            starts[sample + 1] = checked(starts[sample] + counts[sample]);
            most = Math.Max(most, counts[sample]);
        }

        return starts;
    }
}
