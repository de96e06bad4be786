using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace DeepGen.Runtime;

/// <summary>
/// Lists of what is not zero in a piece of a matrix, one for each row: entries of two floats, the place of a depth, an unsigned
/// integer, and the value there. A row has room for 96 entries; after those of 256 rows lie their numbers.
/// </summary>
public static class LiveRows
{
    private const int Depth = 96;
    private const int Rows = 256;

    /// <summary>The numbers of a vector, and of a cache line.</summary>
    private const int Line = 16;

    /// <summary>Room for the copy of the other factor's columns.</summary>
    private const int ColumnsLength = 8192;

    /// <summary>Values that are listed at a time.</summary>
    private const int Few = 4;

    /// <summary>Of more runs of a matrix so many are counted at most.</summary>
    private const int MostCounted = 32;

    /// <summary>For each set of four values, which of them come first: the bytes of those in it, and then of any.</summary>
    private static ReadOnlySpan<byte> Firsts =>
    [
        0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3,
        0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3,
        4, 5, 6, 7, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3,
        0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3, 0, 1, 2, 3,
        8, 9, 10, 11, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3,
        0, 1, 2, 3, 8, 9, 10, 11, 0, 1, 2, 3, 0, 1, 2, 3,
        4, 5, 6, 7, 8, 9, 10, 11, 0, 1, 2, 3, 0, 1, 2, 3,
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 0, 1, 2, 3,
        12, 13, 14, 15, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3,
        0, 1, 2, 3, 12, 13, 14, 15, 0, 1, 2, 3, 0, 1, 2, 3,
        4, 5, 6, 7, 12, 13, 14, 15, 0, 1, 2, 3, 0, 1, 2, 3,
        0, 1, 2, 3, 4, 5, 6, 7, 12, 13, 14, 15, 0, 1, 2, 3,
        8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 0, 1, 2, 3,
        0, 1, 2, 3, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3,
        4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3,
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
    ];

    /// <summary>The depths of a piece, of which so many vectors of columns are to stay in the first cache.</summary>
    public static nint Depths(int vectors) => Depths(vectors, FirstCache.Bytes);

    /// <summary>As many as three quarters of a first cache hold, in whole cache lines of the matrix, one at least.</summary>
    internal static nint Depths(int vectors, int cache)
    {
        int columns = Math.Min(cache / 4 * 3 / sizeof(float), ColumnsLength);
        return Math.Clamp(columns / (vectors * Line) / Line * Line, Line, Depth);
    }

    /// <summary>
    /// Whether so many values of a matrix are zeros that leaving them out pays. By measurement: a value that is live costs about eight fifths of what any value
    /// costs a tile, and what is done for all rows together costs as much as two rows, or as three if the other factor is copied. Of many runs some are counted,
    /// equally far apart.
    /// </summary>
    /// <param name="matrix">The first value.</param>
    /// <param name="row">From a row to the next.</param>
    /// <param name="step">From a depth to the next.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="depth">How many depths.</param>
    /// <param name="copies">Whether the other factor is copied.</param>
    public static bool AreFew(ref float matrix, nint row, nint step, nint rows, nint depth, bool copies)
    {
        // In runs that are as near as may be. One with hardly a zero speaks for all: most matrices have none.
        (nint run, nint apart, nint runs, nint length) = row < step ? (step, row, depth, rows) : (row, step, rows, depth);
        nint every = (runs + MostCounted - 1) / MostCounted;
        nint counted = (runs + every - 1) / every;
        return 8 * Count(ref matrix, run, apart, 1, length) <= 7 * length
            && 8 * rows * Count(ref matrix, every * run, apart, counted, length) <= (long)((5 * rows) - (copies ? 16 : 10)) * counted * length;
    }

    /// <summary>The values that are not zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long Count(ref float first, nint run, nint step, nint runs, nint length)
    {
        long zeros = 0;
        for (nint r = 0; r < runs; r++)
        {
            ref float at = ref Unsafe.Add(ref first, r * run);
            nint i = 0;
            if (step == 1)
            {
                var sum = Vector128<int>.Zero;
                for (; i + Few <= length; i += Few)
                {
                    sum += Vector128.Equals(Vector128.LoadUnsafe(ref at, (nuint)i), Vector128<float>.Zero).AsInt32();
                }

                zeros -= sum[0] + sum[1] + sum[2] + sum[3];
            }

            for (; i < length; i++)
            {
                zeros += Unsafe.Add(ref at, i * step) == 0 ? 1 : 0;
            }
        }

        return ((long)runs * length) - zeros;
    }

    /// <summary>The list of one row of any depth, with room for all of it, whose places lie so far apart, if so many of its values are zeros that a list pays.</summary>
    /// <returns>How many entries it has, or the depth if none was made. By measurement: with more than four fifths of all, it takes as long as all of them.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static nint ListOne(ref float values, nint depth, int apart, ref float list) =>
        5 * Count(ref values, depth, 1, 1, depth) <= 4 * depth ? ListRow(ref values, depth, (uint)apart, ref list) : depth;

    /// <summary>The lists of at most 256 rows of at most 96 depths, whose places lie so far apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    public static void List(ref float matrix, nint row, nint step, nint rows, nint depth, int apart, ref float lists)
    {
        ref int counts = ref Unsafe.As<float, int>(ref Unsafe.Add(ref lists, Rows * Depth * 2));
        if (step == 1)
        {
            for (nint r = 0; r < rows; r++)
            {
                Unsafe.Add(ref counts, r) = (int)ListRow(ref Unsafe.Add(ref matrix, r * row), depth, (uint)apart, ref Unsafe.Add(ref lists, r * Depth * 2));
            }

            return;
        }

        // Rows whose depths lie apart are brought together first, as many as a cache line has of them side by side.
        ref float together = ref MemoryMarshal.GetReference(stackalloc float[Depth * Line]);
        for (nint first = 0; first < rows; first += Line)
        {
            nint count = Math.Min(Line, rows - first);
            Gather(ref Unsafe.Add(ref matrix, first * row), row, step, count, depth, ref together);
            for (nint r = 0; r < count; r++)
            {
                Unsafe.Add(ref counts, first + r) = (int)ListRow(ref Unsafe.Add(ref together, r * Depth), depth, (uint)apart, ref Unsafe.Add(ref lists, (first + r) * Depth * 2));
            }
        }
    }

    private static void Gather(ref float matrix, nint row, nint step, nint rows, nint depth, ref float together)
    {
        if (row == 1)
        {
            Blocks.Transpose(ref matrix, step, ref together, Depth, (int)depth, (int)rows);
            return;
        }

        for (nint r = 0; r < rows; r++)
        {
            for (nint k = 0; k < depth; k++)
            {
                Unsafe.Add(ref together, (r * Depth) + k) = Unsafe.Add(ref matrix, (r * row) + (k * step));
            }
        }
    }

    /// <summary>
    /// One list, sixteen values at a time where a vector can leave some of its numbers out, else four: as many entries are written, and the next ones go over
    /// those that are zeros.
    /// </summary>
    /// <returns>How many entries it has.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint ListRow(ref float values, nint depth, uint apart, ref float list)
    {
        nint count = 0, k = 0;
#if NET10_0_OR_GREATER
        if (Avx512F.IsSupported)
        {
            // Place and value in turn: those of the first eight, and of the last.
            var first = Vector512.Create(0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
            var last = first + Vector512.Create(8);
            var places = Vector512<uint>.Indices * apart;
            for (; k + Line <= depth; k += Line)
            {
                var line = Vector512.LoadUnsafe(ref values, (nuint)k);
                var live = ~Vector512.Equals(line, Vector512<float>.Zero);
                var place = Avx512F.Compress(Vector512<uint>.Zero, live.AsUInt32(), places).AsSingle();
                var value = Avx512F.Compress(Vector512<float>.Zero, live, line);
                ref float entry = ref Unsafe.Add(ref list, 2 * count);
                Avx512F.PermuteVar16x32x2(place, first, value).StoreUnsafe(ref entry);
                Avx512F.PermuteVar16x32x2(place, last, value).StoreUnsafe(ref entry, Line);
                places += Vector512.Create(Line * apart);
                count += BitOperations.PopCount(live.ExtractMostSignificantBits());
            }
        }
#endif
        if (Blocks.CanShuffle)
        {
            ref byte firsts = ref MemoryMarshal.GetReference(Firsts);
            var places = Vector128.Create((uint)k) * apart + Vector128.Create(0u, apart, 2 * apart, 3 * apart);
            for (; k + Few <= depth; k += Few)
            {
                var four = Vector128.LoadUnsafe(ref values, (nuint)k);
                uint live = ~Vector128.Equals(four, Vector128<float>.Zero).ExtractMostSignificantBits() & 0xF;
                var order = Vector128.LoadUnsafe(ref firsts, live * 16);
                var place = Vector128.Shuffle(places.AsByte(), order).AsSingle();
                var value = Vector128.Shuffle(four.AsByte(), order).AsSingle();
                ref float entry = ref Unsafe.Add(ref list, 2 * count);
                Blocks.InterleaveLow(place, value).StoreUnsafe(ref entry);
                Blocks.InterleaveHigh(place, value).StoreUnsafe(ref entry, Few);
                places += Vector128.Create(Few * apart);
                count += BitOperations.PopCount(live);
            }
        }

        for (; k < depth; k++)
        {
            ref float entry = ref Unsafe.Add(ref list, 2 * count);
            float value = Unsafe.Add(ref values, k);
            Unsafe.As<float, uint>(ref entry) = (uint)k * apart;
            Unsafe.Add(ref entry, 1) = value;
            count += value == 0 ? 0 : 1;
        }

        return count;
    }

    /// <summary>
    /// Vectors of sixteen columns, side by side at each depth, so far apart. In the source, steps lead from a depth to the next, from a vector to the one
    /// beside it and to the next but one.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy(ref float source, nint step, nint odd, nint pair, ref float target, nint apart, nint vectors, nint depth)
    {
        for (nint v = 0; v < vectors; v++)
        {
            Blocks.CopyColumns(ref Unsafe.Add(ref source, ((v >> 1) * pair) + ((v & 1) * odd)), step, ref Unsafe.Add(ref target, v * Line), apart, depth);
        }
    }
}
