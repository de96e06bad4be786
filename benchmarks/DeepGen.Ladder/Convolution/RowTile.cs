using System.Runtime.CompilerServices;
using DeepGen.Ladder.Tiles;
using DeepGen.Runtime;
using static DeepGen.Ladder.Convolution.Shape;

namespace DeepGen.Ladder.Convolution;

/// <summary>The tile of the product: its rows are pixels side by side, In values apart, and it sums along three runs.</summary>
internal static class RowTile<L>
    where L : struct, ILanes<L>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ref float bordered, ref float w, ref float y)
    {
        for (nint co = 0; co < Out; co += 16)
        {
            for (nint pixel = 0; pixel < Size * Size; pixel += 4)
            {
                ref float from = ref Unsafe.Add(ref bordered, ((pixel / Size * Bordered) + (pixel % Size)) * In);
                Tile4x1<L, Plain<L>>.Run(ref from, In, 3, Bordered * In, Three, ref Unsafe.Add(ref w, co), Out, ref Unsafe.Add(ref y, (pixel * Out) + co), Out, ref y);
            }
        }
    }
}
