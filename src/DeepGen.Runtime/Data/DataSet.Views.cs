using System.Collections.Immutable;

namespace DeepGen.Data;

/// <summary>Maps the values of one sample's input to others.</summary>
/// <param name="from">The sample as it is.</param>
/// <param name="to">The sample as it will be, zeros at first.</param>
public delegate void SampleMap(ReadOnlySpan<float> from, Span<float> to);

/// <summary>Parts, orders and maps.</summary>
public sealed partial class DataSet
{
    /// <summary>Some samples in a row; also written data[100..200].</summary>
    public DataSet Slice(int start, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, Count - length);
        var rows = new int[length];
        for (int i = 0; i < length; i++)
        {
            rows[i] = Row(start + i);
        }

        return new DataSet(_inputs, _targets, _graphs, rows);
    }

    /// <summary>The first samples, all of them if there are fewer.</summary>
    public DataSet Take(int count) => Slice(0, Math.Min(count, Count));

    /// <summary>The samples with these numbers, in this order; one may be named more than once.</summary>
    public DataSet Pick(params ReadOnlySpan<int> samples)
    {
        var rows = new int[samples.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(samples[i], Count, nameof(samples));
            rows[i] = Row(samples[i]);
        }

        return new DataSet(_inputs, _targets, _graphs, rows);
    }

    /// <summary>All samples in an order that is a function of the seed.</summary>
    public DataSet Shuffled(ulong seed) => Pick(Permutation.Of(Count, new CounterRandom(seed, "shuffled")));

    /// <summary>
    /// Two parts, each in the order of this data set, of samples drawn by the seed: the first has this fraction of them, rounded.
    /// </summary>
    /// <example><c>var (train, validation) = data.Split(0.9, seed: 1);</c></example>
    public (DataSet First, DataSet Second) Split(double fraction, ulong seed)
    {
        if (fraction is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "expected a fraction from 0 to 1");
        }

        int[] order = Permutation.Of(Count, new CounterRandom(seed, "split"));
        var first = order.AsSpan(0, (int)Math.Round(fraction * Count));
        var second = order.AsSpan(first.Length);
        first.Sort();
        second.Sort();
        return (Pick(first), Pick(second));
    }

    /// <summary>The same samples with an input in another shape of as many values.</summary>
    public DataSet Reshaped(ReadOnlySpan<int> shape, int input = 0) => new(_inputs.SetItem(input, _inputs[input].Reshaped(shape)), _targets, _graphs, _rows);

    /// <summary>The same samples with an input mapped, in memory of its own.</summary>
    /// <param name="map">What becomes of one sample.</param>
    /// <param name="shape">The shape afterwards; empty for the shape before, which samples with rows of their own number keep.</param>
    /// <param name="input">Which input.</param>
    public DataSet Map(SampleMap map, ReadOnlySpan<int> shape = default, int input = 0)
    {
        ArgumentNullException.ThrowIfNull(map);
        if (_inputs[input].HasRows)
        {
            return shape.IsEmpty
                ? new DataSet(_inputs.SetItem(input, _inputs[input].Mapped(map)), _targets, _graphs, _rows)
                : throw new ArgumentException($"{_inputs[input]} keep their shapes", nameof(shape));
        }

        ImmutableArray<int> sizes = shape.IsEmpty ? _inputs[input].Shape : [.. shape];
        int length = SampleLayout.LengthOf(sizes);
        int rows = _inputs[input].Count;
        var values = new float[checked(rows * length)];
        var mapped = new bool[rows];
        for (int i = 0; i < Count; i++)
        {
            int row = Row(i);
            if (!mapped[row])
            {
                map(_inputs[input].Values(row), values.AsSpan(row * length, length));
                mapped[row] = true;
            }
        }

        return new DataSet(_inputs.SetItem(input, Column.OfValues(values, sizes.AsSpan())), _targets, _graphs, _rows);
    }

    /// <summary>The same samples with every value of an input multiplied, then shifted.</summary>
    public DataSet Scaled(float scale, float shift = 0, int input = 0) => Map(
        (from, to) =>
        {
            for (int i = 0; i < to.Length; i++)
            {
                to[i] = (scale * from[i]) + shift;
            }
        },
        input: input);
}
