using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace DeepGen.Runtime;

/// <summary>Rows become columns.</summary>
public static partial class Blocks
{
    private const int Side = 4;

    /// <summary>The side of blocks where registers hold eight numbers.</summary>
    private const int WideSide = 8;

    /// <summary>target[c · targetRow + r] = source[r · sourceRow + c], by square blocks.</summary>
    public static void Transpose(ref float source, nint sourceRow, ref float target, nint targetRow, int rows, int columns)
    {
        (int lineRows, int lineColumns) = Avx512F.IsSupported ? (rows & -Line, columns & -Line) : (0, 0);
        (int wideRows, int wideColumns) = Avx.IsSupported ? (rows & -WideSide, columns & -WideSide) : (0, 0);
        (int wholeRows, int wholeColumns) = CanShuffle ? (rows & -Side, columns & -Side) : (0, 0);
        TransposeLines(ref source, sourceRow, ref target, targetRow, lineRows, lineColumns);
        TransposeBlocks(ref source, sourceRow, ref target, targetRow, WideSide, 0, lineRows, lineColumns, wideColumns);
        TransposeBlocks(ref source, sourceRow, ref target, targetRow, WideSide, lineRows, wideRows, 0, wideColumns);
        TransposeBlocks(ref source, sourceRow, ref target, targetRow, Side, 0, wideRows, wideColumns, wholeColumns);
        TransposeBlocks(ref source, sourceRow, ref target, targetRow, Side, wideRows, wholeRows, 0, wholeColumns);
        MoveEach(ref source, sourceRow, ref target, targetRow, 0, wholeRows, wholeColumns, columns);
        MoveEach(ref source, sourceRow, ref target, targetRow, wholeRows, rows, 0, columns);
    }

    /// <summary>
    /// As many rows as fill a cache line of the target go through all columns, a cache line of the source at a time: each line comes and
    /// goes once.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposeBlocks(
        ref float source, nint sourceRow, ref float target, nint targetRow, int side, int firstRow, int endRow, int firstColumn, int endColumn)
    {
        for (int rows = firstRow; rows < endRow; rows += Line)
        {
            int lastRow = Math.Min(rows + Line, endRow);
            for (int columns = firstColumn; columns < endColumn; columns += Line)
            {
                int lastColumn = Math.Min(columns + Line, endColumn);
                for (int r = rows; r < lastRow; r += side)
                {
                    ref float from = ref Unsafe.Add(ref source, r * sourceRow);
                    ref float to = ref Unsafe.Add(ref target, r);
                    for (int c = columns; c < lastColumn; c += side)
                    {
                        if (side == WideSide)
                        {
                            TransposeWideBlock(ref Unsafe.Add(ref from, c), sourceRow, ref Unsafe.Add(ref to, c * targetRow), targetRow);
                        }
                        else
                        {
                            TransposeBlock(ref Unsafe.Add(ref from, c), sourceRow, ref Unsafe.Add(ref to, c * targetRow), targetRow);
                        }
                    }
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposeLines(ref float source, nint sourceRow, ref float target, nint targetRow, int rows, int columns)
    {
        for (int r = 0; r < rows; r += Line)
        {
            for (int c = 0; c < columns; c += Line)
            {
                TransposeLineBlock(ref Unsafe.Add(ref source, (r * sourceRow) + c), sourceRow, ref Unsafe.Add(ref target, (c * targetRow) + r), targetRow);
            }
        }
    }

    internal static bool CanShuffle => Sse.IsSupported || AdvSimd.Arm64.IsSupported;

    private static void MoveEach(
        ref float source, nint sourceRow, ref float target, nint targetRow, int firstRow, int endRow, int firstColumn, int endColumn)
    {
        for (int r = firstRow; r < endRow; r++)
        {
            for (int c = firstColumn; c < endColumn; c++)
            {
                Unsafe.Add(ref target, (c * targetRow) + r) = Unsafe.Add(ref source, (r * sourceRow) + c);
            }
        }
    }

    /// <summary>Sixteen by sixteen: each cache line is read once and written once, however many share a place in the cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeLineBlock(ref float source, nint sourceRow, ref float target, nint targetRow)
    {
        nint fourRows = Side * sourceRow;
        var (a0, a1, a2, a3) = FourRows(ref source, sourceRow);
        var (b0, b1, b2, b3) = FourRows(ref Unsafe.Add(ref source, fourRows), sourceRow);
        var (c0, c1, c2, c3) = FourRows(ref Unsafe.Add(ref source, 2 * fourRows), sourceRow);
        var (d0, d1, d2, d3) = FourRows(ref Unsafe.Add(ref source, 3 * fourRows), sourceRow);
        StoreColumns(a0, b0, c0, d0, ref target, Side * targetRow);
        StoreColumns(a1, b1, c1, d1, ref Unsafe.Add(ref target, targetRow), Side * targetRow);
        StoreColumns(a2, b2, c2, d2, ref Unsafe.Add(ref target, 2 * targetRow), Side * targetRow);
        StoreColumns(a3, b3, c3, d3, ref Unsafe.Add(ref target, 3 * targetRow), Side * targetRow);
    }

    /// <summary>Of four rows the columns 0, 4, 8 and 12, each a quarter of a register; 1, 5, 9 and 13; and so on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<float>, Vector512<float>, Vector512<float>, Vector512<float>) FourRows(ref float source, nint row)
    {
        var a = Vector512.LoadUnsafe(ref source);
        var b = Vector512.LoadUnsafe(ref source, (nuint)row);
        var c = Vector512.LoadUnsafe(ref source, (nuint)(2 * row));
        var d = Vector512.LoadUnsafe(ref source, (nuint)(3 * row));
        var abLow = Avx512F.UnpackLow(a, b).AsDouble();
        var abHigh = Avx512F.UnpackHigh(a, b).AsDouble();
        var cdLow = Avx512F.UnpackLow(c, d).AsDouble();
        var cdHigh = Avx512F.UnpackHigh(c, d).AsDouble();
        return (
            Avx512F.UnpackLow(abLow, cdLow).AsSingle(),
            Avx512F.UnpackHigh(abLow, cdLow).AsSingle(),
            Avx512F.UnpackLow(abHigh, cdHigh).AsSingle(),
            Avx512F.UnpackHigh(abHigh, cdHigh).AsSingle());
    }

    /// <summary>Quarters of the same number are a column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreColumns(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, ref float target, nint apart)
    {
        const byte Even = 0b_10_00_10_00;
        const byte Odd = 0b_11_01_11_01;
        var abEven = Avx512F.Shuffle4x128(a, b, Even);
        var cdEven = Avx512F.Shuffle4x128(c, d, Even);
        var abOdd = Avx512F.Shuffle4x128(a, b, Odd);
        var cdOdd = Avx512F.Shuffle4x128(c, d, Odd);
        Avx512F.Shuffle4x128(abEven, cdEven, Even).StoreUnsafe(ref target);
        Avx512F.Shuffle4x128(abOdd, cdOdd, Even).StoreUnsafe(ref target, (nuint)apart);
        Avx512F.Shuffle4x128(abEven, cdEven, Odd).StoreUnsafe(ref target, (nuint)(2 * apart));
        Avx512F.Shuffle4x128(abOdd, cdOdd, Odd).StoreUnsafe(ref target, (nuint)(3 * apart));
    }

    /// <summary>Eight by eight: halves of four columns, rows four apart side by side in a register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeWideBlock(ref float source, nint sourceRow, ref float target, nint targetRow)
    {
        TransposeHalf(ref source, sourceRow, ref target, targetRow);
        TransposeHalf(ref Unsafe.Add(ref source, Side), sourceRow, ref Unsafe.Add(ref target, Side * targetRow), targetRow);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeHalf(ref float source, nint sourceRow, ref float target, nint targetRow)
    {
        var a = RowsApart(ref source, Side * sourceRow);
        var b = RowsApart(ref Unsafe.Add(ref source, sourceRow), Side * sourceRow);
        var c = RowsApart(ref Unsafe.Add(ref source, 2 * sourceRow), Side * sourceRow);
        var d = RowsApart(ref Unsafe.Add(ref source, 3 * sourceRow), Side * sourceRow);
        var abLow = Avx.UnpackLow(a, b).AsDouble();
        var abHigh = Avx.UnpackHigh(a, b).AsDouble();
        var cdLow = Avx.UnpackLow(c, d).AsDouble();
        var cdHigh = Avx.UnpackHigh(c, d).AsDouble();
        Avx.UnpackLow(abLow, cdLow).AsSingle().StoreUnsafe(ref target);
        Avx.UnpackHigh(abLow, cdLow).AsSingle().StoreUnsafe(ref target, (nuint)targetRow);
        Avx.UnpackLow(abHigh, cdHigh).AsSingle().StoreUnsafe(ref target, (nuint)(2 * targetRow));
        Avx.UnpackHigh(abHigh, cdHigh).AsSingle().StoreUnsafe(ref target, (nuint)(3 * targetRow));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> RowsApart(ref float first, nint distance) =>
        Vector256.Create(Vector128.LoadUnsafe(ref first), Vector128.LoadUnsafe(ref first, (nuint)distance));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeBlock(ref float source, nint sourceRow, ref float target, nint targetRow)
    {
        var a = Vector128.LoadUnsafe(ref source);
        var b = Vector128.LoadUnsafe(ref source, (nuint)sourceRow);
        var c = Vector128.LoadUnsafe(ref source, (nuint)(2 * sourceRow));
        var d = Vector128.LoadUnsafe(ref source, (nuint)(3 * sourceRow));
        var abLow = InterleaveLow(a, b);
        var abHigh = InterleaveHigh(a, b);
        var cdLow = InterleaveLow(c, d);
        var cdHigh = InterleaveHigh(c, d);
        PairLow(abLow, cdLow).StoreUnsafe(ref target);
        PairHigh(abLow, cdLow).StoreUnsafe(ref target, (nuint)targetRow);
        PairLow(abHigh, cdHigh).StoreUnsafe(ref target, (nuint)(2 * targetRow));
        PairHigh(abHigh, cdHigh).StoreUnsafe(ref target, (nuint)(3 * targetRow));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> PairLow(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.MoveLowToHigh(a, b) : AdvSimd.Arm64.ZipLow(a.AsDouble(), b.AsDouble()).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> PairHigh(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.MoveHighToLow(b, a) : AdvSimd.Arm64.ZipHigh(a.AsDouble(), b.AsDouble()).AsSingle();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<float> InterleaveLow(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackLow(a, b) : AdvSimd.Arm64.ZipLow(a, b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<float> InterleaveHigh(Vector128<float> a, Vector128<float> b) =>
        Sse.IsSupported ? Sse.UnpackHigh(a, b) : AdvSimd.Arm64.ZipHigh(a, b);
}
