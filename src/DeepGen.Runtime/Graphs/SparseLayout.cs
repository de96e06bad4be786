using System.Runtime.InteropServices;

namespace DeepGen.Runtime;

/// <summary>
/// The entries of a matrix by rows, and again by columns, in arrays that never move, so that pointers to them can be handed on.
/// Within a row of either, entries are in ascending order: that is the order of every sum.
/// </summary>
public sealed unsafe partial class SparseLayout
{
    private const int Forms = 4;

    private readonly SparseRows[] _header = GC.AllocateArray<SparseRows>(2 * Forms, pinned: true);
    private readonly List<Array> _formed = [];
    private readonly Lock _gate = new();
    private int _count;
    private int _block = int.MaxValue;
    private Side _byRow;
    private Side _byColumn;
    private int[] _places;
    private volatile bool _hasBounds;

    /// <param name="rows">How many rows.</param>
    /// <param name="columns">How many columns.</param>
    /// <param name="starts">The first entry of each row, and behind them the number of all.</param>
    /// <param name="column">The column of each entry, ascending within a row.</param>
    /// <param name="values">The value of each.</param>
    internal SparseLayout(int rows, int columns, int[] starts, int[] column, float[] values)
    {
        _count = values.Length;
        _byRow = new Side(rows, Pinned<int>(starts), Pinned<int>(column), Pinned<float>(values));
        _places = Pinned<int>(new int[_count]);
        _byColumn = Transposed(rows, columns);
        Point(EntryForm.Plain, _byRow.Values, _byColumn.Values);
    }

    /// <summary>By form, and for each form by rows and then by columns.</summary>
    internal ReadOnlySpan<SparseRows> Header => _header;

    internal ReadOnlySpan<int> Starts => _byRow.Starts.AsSpan(0, _byRow.Rows + 1);

    internal ReadOnlySpan<int> Columns => _byRow.Columns.AsSpan(0, _count);

    internal ReadOnlySpan<float> Values => _byRow.Values.AsSpan(0, _count);

    /// <summary>Makes the forms that bounds are computed from, unless they are there.</summary>
    internal void PrepareBounds()
    {
        if (_hasBounds)
        {
            return;
        }

        lock (_gate)
        {
            if (_hasBounds)
            {
                return;
            }

            foreach (var form in new[] { EntryForm.Magnitude, EntryForm.Reach, EntryForm.Slack })
            {
                float[] byRow = Formed(_byRow, _byColumn, form);
                float[] byColumn = Formed(_byColumn, _byRow, form);
                _formed.AddRange([byRow, byColumn]);
                Point(form, byRow, byColumn);
            }

            _hasBounds = true;
        }
    }

    private void Point(EntryForm form, float[] byRow, float[] byColumn)
    {
        _header[2 * (int)form] = Rows(_byRow, byRow);
        _header[(2 * (int)form) + 1] = Rows(_byColumn, byColumn);
    }

    private SparseRows Rows(Side side, float[] values) => new(
        (int*)Marshal.UnsafeAddrOfPinnedArrayElement(side.Starts, 0),
        (int*)Marshal.UnsafeAddrOfPinnedArrayElement(side.Columns, 0),
        (float*)Marshal.UnsafeAddrOfPinnedArrayElement(values, 0),
        (int*)Marshal.UnsafeAddrOfPinnedArrayElement(_places, 0));

    private Side Transposed(int rows, int columns)
    {
        int[] starts = Pinned<int>(new int[columns + 1]);
        int[] column = Pinned<int>(new int[_count]);
        float[] values = Pinned<float>(new float[_count]);
        foreach (int c in Columns)
        {
            starts[c + 1]++;
        }

        for (int c = 0; c < columns; c++)
        {
            starts[c + 1] += starts[c];
        }

        int[] next = [.. starts];
        for (int row = 0; row < rows; row++)
        {
            for (int e = Starts[row]; e < Starts[row + 1]; e++)
            {
                int at = next[Columns[e]]++;
                (column[at], values[at], _places[e]) = (row, Values[e], at);
            }
        }

        return new Side(columns, starts, column, values);
    }

    /// <remarks>
    /// u = 2⁻²⁴ and γₙ = n u / (1 − n u), infinite where n u is 0.05 or more; κ = (1 + 9 u) / (1 − γ): the compiler's interval rule of a
    /// sparse product has the proof. Values are rounded up.
    /// </remarks>
    private float[] Formed(Side side, Side other, EntryForm form)
    {
        const double U = 1.0 / (1 << 24);
        float[] formed = Pinned<float>(new float[_count]);
        for (int row = 0; row < side.Rows; row++)
        {
            for (int e = side.Starts[row]; e < side.Starts[row + 1]; e++)
            {
                int c = side.Columns[e] + (row / _block * _block);
                double nu = U * Math.Max(side.Starts[row + 1] - side.Starts[row], other.Starts[c + 1] - other.Starts[c]);
                double gamma = nu < 0.05 ? nu / (1 - nu) : double.PositiveInfinity;
                double kappa = double.IsInfinity(gamma) ? gamma : (1 + (9 * U)) / (1 - gamma);
                double exact = Math.Abs(side.Values[e]) * (form == EntryForm.Reach ? kappa * (1 + gamma) : form == EntryForm.Slack ? 2 * kappa * gamma : 1);
                float nearest = (float)exact;
                formed[e] = nearest < exact ? MathF.BitIncrement(nearest) : nearest;
            }
        }

        return formed;
    }

    private static T[] Pinned<T>(ReadOnlySpan<T> values)
    {
        // One more than there are, so that there is an address even of none.
        T[] pinned = GC.AllocateArray<T>(values.Length + 1, pinned: true);
        values.CopyTo(pinned);
        return pinned;
    }
}
