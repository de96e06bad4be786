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
        (int wideRows, int wideColumns) = Avx.IsSupported ? (rows & -WideSide, columns & -WideSide) : (0, 0);
        (int wholeRows, int wholeColumns) = CanShuffle ? (rows & -Side, columns & -Side) : (0, 0);
        TransposeBlocks(ref source, sourceRow, ref target, targetRow, WideSide, 0, wideRows, 0, wideColumns);
        TransposeBlocks(ref source, sourceRow, ref target, targetRow, Side, 0, wideRows, wideColumns, wholeColumns);
        TransposeBlocks(ref source, sourceRow, ref target, targetRow, Side, wideRows, wholeRows, 0, wholeColumns);
        MoveEach(ref source, sourceRow, ref target, targetRow, 0, wholeRows, wholeColumns, columns);
        MoveEach(ref source, sourceRow, ref target, targetRow, wholeRows, rows, 0, columns);
    }

    /// <summary>
    /// As many rows as fill two cache lines of the target go through all columns, a cache line of the source at a time: each line comes and
    /// goes once. Those of the target come while the columns before are moved; but not where other threads have read them: what was fetched to be read
    /// would have to be asked for once more to be written.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposeBlocks(
        ref float source, nint sourceRow, ref float target, nint targetRow, int side, int firstRow, int endRow, int firstColumn, int endColumn)
    {
        bool fetches = WorkerPool.AreAllAsleep();
        for (int rows = firstRow; rows < endRow; rows += 2 * Line)
        {
            int lastRow = Math.Min(rows + (2 * Line), endRow);
            for (int columns = firstColumn; columns < endColumn; columns += Line)
            {
                int lastColumn = Math.Min(columns + Line, endColumn);
                for (int c = lastColumn; fetches && c < Math.Min(lastColumn + Line, endColumn); c++)
                {
                    ref float next = ref Unsafe.Add(ref target, (c * targetRow) + rows);
                    FetchNear(ref next);
                    FetchNear(ref Unsafe.Add(ref next, Line));
                }

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
