using System.Runtime.CompilerServices;

namespace DeepGen.Runtime;

/// <summary>
/// A sparse matrix as kernels read it: the entries of row i are those from Starts[i] to Starts[i + 1]. Valid as long as the matrix
/// it comes from is held.
/// </summary>
public readonly unsafe struct SparseRows
{
    private readonly int* _starts;
    private readonly int* _columns;
    private readonly float* _values;
    private readonly int* _places;

    internal SparseRows(int* starts, int* columns, float* values, int* places)
    {
        _starts = starts;
        _columns = columns;
        _values = values;
        _places = places;
    }

    /// <summary>The first entry of each row, and behind them the number of all.</summary>
    public ref int Starts
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.AsRef<int>(_starts);
    }

    /// <summary>The column of each entry.</summary>
    public ref int Columns
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.AsRef<int>(_columns);
    }

    /// <summary>The value of each entry.</summary>
    public ref float Values
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.AsRef<float>(_values);
    }

    /// <summary>Of a matrix by rows, the number that each entry has by columns.</summary>
    internal ref int Places => ref Unsafe.AsRef<int>(_places);

    /// <summary>The same entries with other values.</summary>
    internal SparseRows WithValues(float* values) => new(_starts, _columns, values, _places);
}
