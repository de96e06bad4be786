using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace DeepGen.Runtime;

/// <summary>Moves of matrices in memory; no number is computed, so every instruction set gives the same.</summary>
public static partial class Blocks
{
    private const int Side = 4;

    /// <summary>Columns of one cache line: a band so wide is finished before the next, so that each line comes and goes once.</summary>
    private const int Band = 16;

    /// <summary>target[i] = source[i].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(ref float source, ref float target, int length) =>
        MemoryMarshal.CreateReadOnlySpan(ref source, length).CopyTo(MemoryMarshal.CreateSpan(ref target, length));

    /// <summary>One of so many parts of a copy; they meet between cache lines.</summary>
    public static void Copy(ref float source, ref float target, int length, int part, int parts)
    {
        int first = Start(part), end = part + 1 == parts ? length : Start(part + 1);
        Copy(ref Unsafe.Add(ref source, first), ref Unsafe.Add(ref target, first), end - first);

        int Start(int p) => (int)((long)p * length / parts) & -Band;
    }

    /// <summary>target[c · targetRow + r] = source[r · sourceRow + c], by blocks of four by four.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(ref float source, nint sourceRow, ref float target, nint targetRow, int rows, int columns)
    {
        int wholeRows = CanShuffle ? rows & -Side : 0;
        int wholeColumns = columns & -Side;
        for (int band = 0; band < wholeColumns; band += Band)
        {
            int end = Math.Min(band + Band, wholeColumns);
            for (int r = 0; r < wholeRows; r += Side)
            {
                ref float from = ref Unsafe.Add(ref source, r * sourceRow);
                ref float to = ref Unsafe.Add(ref target, r);
                for (int c = band; c < end; c += Side)
                {
                    TransposeBlock(ref Unsafe.Add(ref from, c), sourceRow, ref Unsafe.Add(ref to, c * targetRow), targetRow);
                }
            }
        }

        MoveEach(ref source, sourceRow, ref target, targetRow, 0, wholeRows, wholeColumns, columns);
        MoveEach(ref source, sourceRow, ref target, targetRow, wholeRows, rows, 0, columns);
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
