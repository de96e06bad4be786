using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace DeepGen.Runtime;

/// <summary>
/// Lists of what is not zero in a piece of a matrix, one for each row: entries of two floats, the place of a depth, an unsigned
/// integer, and the value there. A row has room for 96 entries; after those of 256 rows lie their numbers.
/// </summary>
public static class LiveRows
{
    private const int Depth = 96;
    private const int Rows = 256;

    /// <summary>From one depth to the next: a copy of the other factor has sixteen columns side by side.</summary>
    private const int Place = 16;

    /// <summary>Values that are listed at a time.</summary>
    private const int Few = 4;

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

    /// <summary>
    /// Whether so many values of a matrix are zeros that leaving them out pays. By measurement: a value that is live costs about eight fifths of what any value
    /// costs a tile, and to copy the other factor costs as much as three rows.
    /// </summary>
    public static bool AreFew(ref float matrix, nint row, nint step, nint rows, nint depth)
    {
        // In runs that are as near as may be. One with hardly a zero speaks for all: most matrices have none.
        (nint run, nint apart, nint runs, nint length) = row < step ? (step, row, depth, rows) : (row, step, rows, depth);
        return 8 * Count(ref matrix, run, apart, 1, length) <= 7 * length
            && 8 * Count(ref matrix, run, apart, runs, length) <= ((5 * rows) - 16) * depth;
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

    /// <summary>The lists of at most 256 rows of at most 96 depths.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    [SkipLocalsInit]
    public static void List(ref float matrix, nint row, nint step, nint rows, nint depth, ref float lists)
    {
        ref int counts = ref Unsafe.As<float, int>(ref Unsafe.Add(ref lists, Rows * Depth * 2));
        if (step == 1)
        {
            for (nint r = 0; r < rows; r++)
            {
                Unsafe.Add(ref counts, r) = (int)ListRow(ref Unsafe.Add(ref matrix, r * row), depth, Place, ref Unsafe.Add(ref lists, r * Depth * 2));
            }

            return;
        }

        // Rows whose depths lie apart are brought together first, as many as a cache line has of them side by side.
        ref float together = ref MemoryMarshal.GetReference(stackalloc float[Depth * Place]);
        for (nint first = 0; first < rows; first += Place)
        {
            nint count = Math.Min(Place, rows - first);
            Gather(ref Unsafe.Add(ref matrix, first * row), row, step, count, depth, ref together);
            for (nint r = 0; r < count; r++)
            {
                Unsafe.Add(ref counts, first + r) = (int)ListRow(ref Unsafe.Add(ref together, r * Depth), depth, Place, ref Unsafe.Add(ref lists, (first + r) * Depth * 2));
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

    /// <summary>One list, four values at a time: four entries are written, and the next ones go over those that are zeros.</summary>
    /// <returns>How many entries it has.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint ListRow(ref float values, nint depth, uint apart, ref float list)
    {
        nint count = 0, k = 0;
        if (Blocks.CanShuffle)
        {
            ref byte firsts = ref MemoryMarshal.GetReference(Firsts);
            var places = Vector128.Create(0u, apart, 2 * apart, 3 * apart);
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
    /// Vectors of sixteen columns, one after the other: of each as many depths as there are, with room for some. In the source, steps lead from a depth to
    /// the next, from a vector to the one beside it and to the next but one.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy(ref float source, nint step, nint odd, nint pair, ref float target, nint room, nint vectors, nint depth)
    {
        for (nint v = 0; v < vectors; v++)
        {
            Blocks.PackColumns(ref Unsafe.Add(ref source, ((v >> 1) * pair) + ((v & 1) * odd)), step, ref Unsafe.Add(ref target, v * room * Place), depth);
        }
    }
}
