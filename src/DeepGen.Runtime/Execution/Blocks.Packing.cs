using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DeepGen.Runtime;

/// <summary>Copies of the factors of a product in the order in which small tiles read them.</summary>
public static partial class Blocks
{
    private const int Group = 6;

    /// <summary>So many depths of each group fill whole cache lines, and their rows wait in the first cache for the next group.</summary>
    private const int Depths = 16;

    /// <summary>
    /// Rows side by side, a step apart in each depth, in groups of six: target[group][depth][row of the group]. The last group may have
    /// fewer; the rest of it is left as it is.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PackRows(ref float source, nint step, ref float target, nint depth, nint rows)
    {
        nint whole = rows / Group * Group;
        for (nint first = 0; first < depth; first += Depths)
        {
            nint end = Math.Min(first + Depths, depth);
            for (nint row = 0; row < whole; row += Group)
            {
                for (nint k = first; k < end; k++)
                {
                    ref float from = ref Unsafe.Add(ref source, (k * step) + row);
                    ref float to = ref Unsafe.Add(ref target, (row * depth) + (k * Group));
                    var four = Vector128.LoadUnsafe(ref from);
                    var two = Vector64.LoadUnsafe(ref from, 4);
                    four.StoreUnsafe(ref to);
                    two.StoreUnsafe(ref to, 4);
                }
            }

            for (nint k = first; k < end; k++)
            {
                for (nint row = whole; row < rows; row++)
                {
                    Unsafe.Add(ref target, (whole * depth) + (k * Group) + row - whole) = Unsafe.Add(ref source, (k * step) + row);
                }
            }
        }
    }

    /// <summary>Sixteen columns, whose depths are a step apart, one depth after the other.</summary>
    public static void PackColumns(ref float source, nint step, ref float target, nint depth) => CopyColumns(ref source, step, ref target, Line, depth);

    /// <summary>The same, depths so far apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void CopyColumns(ref float source, nint step, ref float target, nint apart, nint depth)
    {
        for (nint k = 0; k < depth; k++)
        {
            var low = Vector256.LoadUnsafe(ref source);
            var high = Vector256.LoadUnsafe(ref source, 8);
            low.StoreUnsafe(ref target);
            high.StoreUnsafe(ref target, 8);
            source = ref Unsafe.Add(ref source, step);
            target = ref Unsafe.Add(ref target, apart);
        }
    }
}
