using System.Runtime.CompilerServices;
using DeepGen.Ladder.Tiles;
using DeepGen.Runtime;
using static DeepGen.Ladder.Gemm.Shape;

namespace DeepGen.Ladder.Gemm;

/// <summary>The loop over k innermost again, but for a tile of sums that stay in registers.</summary>
internal static class RegisterTile<L>
    where L : struct, ILanes<L>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ref float x, ref float w, ref float y)
    {
        for (nint j = 0; j < Columns; j += 16)
        {
            for (nint i = 0; i < Rows; i += 4)
                Tile4x1<L, Plain<L>>.Run(ref Unsafe.Add(ref x, i * Depth), Depth, 1, 0, Depth, ref Unsafe.Add(ref w, j), Columns, ref Unsafe.Add(ref y, (i * Columns) + j), Columns, ref y);
        }
    }
}
