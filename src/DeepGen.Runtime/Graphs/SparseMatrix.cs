using System.Diagnostics.CodeAnalysis;
using DeepGen.Runtime;

namespace DeepGen;

/// <summary>
/// A matrix of which most entries are zeros, as rows of (column, value): features of many samples, or a graph's matrix. Never
/// changes once made. Sums over a row go in ascending order of its columns.
/// </summary>
public sealed class SparseMatrix
{
    private readonly SparseLayout _layout;

    private SparseMatrix(int rows, int columns, int[] starts, int[] column, float[] values)
    {
        (Rows, Columns) = (rows, columns);
        _layout = new SparseLayout(rows, columns, starts, column, values);
    }

    /// <summary>How many rows.</summary>
    public int Rows { get; }

    /// <summary>How many columns.</summary>
    public int Columns { get; }

    /// <summary>How many entries.</summary>
    public int Count => _layout.Values.Length;

    /// <summary>The first entry of each row, and behind them the number of all.</summary>
    public ReadOnlySpan<int> RowStarts => _layout.Starts;

    /// <summary>The column of each entry.</summary>
    public ReadOnlySpan<int> ColumnIndices => _layout.Columns;

    /// <summary>The value of each entry.</summary>
    public ReadOnlySpan<float> Values => _layout.Values;

    /// <summary>A matrix from entries in any order; those in one place are added up, in the order in which they are given.</summary>
    /// <param name="rows">How many rows.</param>
    /// <param name="columns">How many columns.</param>
    /// <param name="row">The row of each entry.</param>
    /// <param name="column">The column of each.</param>
    /// <param name="values">The value of each; empty for ones.</param>
    /// <exception cref="ArgumentException">An entry lies outside, or the lengths differ; the message says which.</exception>
    public static SparseMatrix FromEntries(int rows, int columns, ReadOnlySpan<int> row, ReadOnlySpan<int> column, ReadOnlySpan<float> values = default)
    {
        CheckSize(rows, columns);
        if (column.Length != row.Length || (!values.IsEmpty && values.Length != row.Length))
        {
            throw new ArgumentException($"there are {row.Length} rows, {column.Length} columns and {values.Length} values; each entry has one of each");
        }

        int[] starts = new int[rows + 1];
        for (int e = 0; e < row.Length; e++)
        {
            CheckEntry(e, row[e], column[e], rows, columns);
            starts[row[e] + 1]++;
        }

        for (int r = 0; r < rows; r++)
        {
            starts[r + 1] += starts[r];
        }

        int[] sortedColumns = new int[row.Length];
        float[] sortedValues = new float[row.Length];
        int[] next = [.. starts];
        for (int e = 0; e < row.Length; e++)
        {
            int at = next[row[e]]++;
            (sortedColumns[at], sortedValues[at]) = (column[e], values.IsEmpty ? 1 : values[e]);
        }

        return Sorted(rows, columns, starts, sortedColumns, sortedValues);
    }

    /// <summary>A matrix from its rows, one after another (CSR); columns may be in any order within a row.</summary>
    /// <param name="columns">How many columns.</param>
    /// <param name="rowStarts">The first entry of each row, and behind them the number of all.</param>
    /// <param name="columnIndices">The column of each entry.</param>
    /// <param name="values">The value of each; empty for ones.</param>
    /// <exception cref="ArgumentException">Something does not fit; the message says what.</exception>
    public static SparseMatrix FromRows(int columns, ReadOnlySpan<int> rowStarts, ReadOnlySpan<int> columnIndices, ReadOnlySpan<float> values = default)
    {
        int rows = rowStarts.Length - 1;
        CheckSize(rows, columns);
        if (rowStarts[0] != 0 || rowStarts[rows] != columnIndices.Length || (!values.IsEmpty && values.Length != columnIndices.Length))
        {
            throw new ArgumentException(
                $"the rows go from entry {rowStarts[0]} to {rowStarts[rows]}, but there are {columnIndices.Length} columns and {values.Length} values");
        }

        for (int r = 0; r < rows; r++)
        {
            if (rowStarts[r + 1] < rowStarts[r] || rowStarts[r + 1] > columnIndices.Length)
            {
                throw new ArgumentException($"row {r} goes from entry {rowStarts[r]} to {rowStarts[r + 1]}");
            }

            for (int e = rowStarts[r]; e < rowStarts[r + 1]; e++)
            {
                CheckEntry(e, r, columnIndices[e], rows, columns);
            }
        }

        float[] own = new float[columnIndices.Length];
        own.AsSpan().Fill(1);
        values.CopyTo(own);
        return Sorted(rows, columns, rowStarts.ToArray(), columnIndices.ToArray(), own);
    }

    /// <summary>The entries of a matrix that are not zero.</summary>
    /// <param name="columns">How many columns.</param>
    /// <param name="values">Row by row.</param>
    public static SparseMatrix FromDense(int columns, ReadOnlySpan<float> values)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        var starts = new List<int> { 0 };
        var column = new List<int>();
        var kept = new List<float>();
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] != 0)
            {
                column.Add(i % columns);
                kept.Add(values[i]);
            }

            if (i % columns == columns - 1)
            {
                starts.Add(column.Count);
            }
        }

        return values.Length % columns == 0
            ? new(starts.Count - 1, columns, [.. starts], [.. column], [.. kept])
            : throw new ArgumentException($"{values.Length} values do not make rows of {columns}", nameof(values));
    }

    /// <summary>The same matrix, each row divided by the sum of its absolute values; a row of zeros stays one.</summary>
    public SparseMatrix WithRowSumsOfOne()
    {
        float[] scaled = [.. Values];
        for (int r = 0; r < Rows; r++)
        {
            var row = scaled.AsSpan(RowStarts[r]..RowStarts[r + 1]);
            double sum = 0;
            foreach (float value in row)
            {
                sum += Math.Abs(value);
            }

            for (int e = 0; e < row.Length && sum > 0; e++)
            {
                row[e] = (float)(row[e] / sum);
            }
        }

        return new(Rows, Columns, [.. RowStarts], [.. ColumnIndices], scaled);
    }

    /// <summary>What kernels are handed; the matrix must be held as long as they run.</summary>
    internal SparseLayout Layout => _layout;

    internal static SparseMatrix OfSortedRows(int rows, int columns, int[] starts, int[] column, float[] values) => new(rows, columns, starts, column, values);

    /// <summary>Sorts each row by columns, keeping the order of entries in one place, which are then added up.</summary>
    private static SparseMatrix Sorted(int rows, int columns, int[] starts, int[] column, float[] values)
    {
        int kept = 0;
        int begin = 0;
        for (int r = 0; r < rows; r++)
        {
            int end = starts[r + 1];
            SortStably(column.AsSpan(begin..end), values.AsSpan(begin..end));
            starts[r] = kept;
            for (int e = begin; e < end; e++)
            {
                if (kept > starts[r] && column[kept - 1] == column[e])
                {
                    values[kept - 1] += values[e];
                }
                else
                {
                    (column[kept], values[kept]) = (column[e], values[e]);
                    kept++;
                }
            }

            begin = end;
        }

        starts[rows] = kept;
        return new(rows, columns, starts, column[..kept], values[..kept]);
    }

    private static void SortStably(Span<int> column, Span<float> values)
    {
        long[] keys = new long[column.Length];
        for (int e = 0; e < keys.Length; e++)
        {
            keys[e] = ((long)column[e] << 32) | (uint)e;
        }

        float[] before = values.ToArray();
        Array.Sort(keys);
        for (int e = 0; e < keys.Length; e++)
        {
            (column[e], values[e]) = ((int)(keys[e] >> 32), before[(int)keys[e]]);
        }
    }

    private static void CheckSize(int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
    }

    private static void CheckEntry(int entry, int row, int column, int rows, int columns)
    {
        if ((uint)row >= (uint)rows || (uint)column >= (uint)columns)
        {
            ThrowOutside(entry, row, column, rows, columns);
        }
    }

    [DoesNotReturn]
    private static void ThrowOutside(int entry, int row, int column, int rows, int columns) => throw new ArgumentException(
        $"entry {entry} is in row {row} and column {column}, but rows are 0 to {rows - 1} and columns 0 to {columns - 1}");
}
