using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DeepGen.Runtime;

/// <summary>
/// A sparse matrix of which entries are dropped in a step: its values by rows and again by columns, drawn once, row by row. The
/// numbers are those of <see cref="NoiseNumbers"/>, which kernels would draw themselves.
/// </summary>
internal sealed unsafe class DroppedMatrix : PartedWork
{
    private const int RowsOfPart = 128;

    private readonly float _rate;
    private readonly SparseRows* _header;
    private float[] _byRow = [];
    private float[] _byColumn = [];
    private SparseRows _source;
    private (float First, float Second) _key;
    private int _rows;

    /// <param name="rate">The share of entries that are dropped.</param>
    /// <param name="header">Where kernels find it: by rows, and then by columns.</param>
    public DroppedMatrix(float rate, SparseRows* header)
    {
        _rate = rate;
        _header = header;
    }

    /// <summary>Draws anew.</summary>
    public void Draw(in SparseRows byRow, in SparseRows byColumn, int rows, (float First, float Second) key, int threads)
    {
        int count = Unsafe.Add(ref byRow.Starts, rows);
        if (_byRow.Length <= count)
        {
            _byRow = GC.AllocateUninitializedArray<float>(count + 1, pinned: true);
            _byColumn = GC.AllocateUninitializedArray<float>(count + 1, pinned: true);
        }

        _header[0] = byRow.WithValues((float*)Marshal.UnsafeAddrOfPinnedArrayElement(_byRow, 0));
        _header[1] = byColumn.WithValues((float*)Marshal.UnsafeAddrOfPinnedArrayElement(_byColumn, 0));
        (_source, _rows, _key) = (byRow, rows, key);
        Run((rows + RowsOfPart - 1) / RowsOfPart, threads, count);
    }

    protected override void RunPart(int part)
    {
        int end = Math.Min(_rows, (part + 1) * RowsOfPart);
        for (int row = part * RowsOfPart; row < end; row++)
        {
            int first = Unsafe.Add(ref _source.Starts, row);
            DrawRow(NoiseNumbers.Words(_key.First, _key.Second, row), first, Unsafe.Add(ref _source.Starts, row + 1) - first);
        }
    }

    private void DrawRow((uint Offset, uint Between) words, int first, int count)
    {
        ref int columns = ref Unsafe.Add(ref _source.Columns, first);
        ref int places = ref Unsafe.Add(ref _source.Places, first);
        ref float values = ref Unsafe.Add(ref _source.Values, first);
        ref float kept = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_byRow), first);
        ref float transposed = ref MemoryMarshal.GetArrayDataReference(_byColumn);
        float scale = 1 / (1 - _rate);
        int e = 0;
        for (; Vector.IsHardwareAccelerated && e <= count - Vector<int>.Count; e += Vector<int>.Count)
        {
            var at = Unsafe.ReadUnaligned<Vector<int>>(ref Unsafe.As<int, byte>(ref Unsafe.Add(ref columns, e)));
            var value = Unsafe.ReadUnaligned<Vector<float>>(ref Unsafe.As<float, byte>(ref Unsafe.Add(ref values, e)));
            Unsafe.WriteUnaligned(ref Unsafe.As<float, byte>(ref Unsafe.Add(ref kept, e)), NoiseNumbers.Kept(words, at, _rate, value * scale));
        }

        for (; e < count; e++)
        {
            Unsafe.Add(ref kept, e) = NoiseNumbers.Kept(words, Unsafe.Add(ref columns, e), _rate, Unsafe.Add(ref values, e) * scale);
        }

        for (e = 0; e < count; e++)
        {
            Unsafe.Add(ref transposed, Unsafe.Add(ref places, e)) = Unsafe.Add(ref kept, e);
        }
    }
}
