using System.Runtime.CompilerServices;
using DeepGen.Runtime;

namespace DeepGen.Ladder.Tiles;

/// <summary>
/// Four rows by sixteen columns of a product, summed in locals, which the JIT keeps in registers. What is summed along may lie
/// in several runs (the three image rows of a convolution), one below the other in w.
/// </summary>
internal static class Tile4x1<L, E>
    where L : struct, ILanes<L>
    where E : struct, IEpilogue<L>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ref float x, nint xRow, nint runs, nint xRun, nint depth, ref float w, nint wRow, ref float y, nint yRow, ref float e)
    {
        L y0 = L.Zero, y1 = L.Zero, y2 = L.Zero, y3 = L.Zero;
        nint row2 = 2 * xRow, row3 = 3 * xRow;
        for (nint run = 0; run < runs; run++)
        {
            for (nint k = 0; k < depth; k++)
            {
                L column = L.Load(ref w, k * wRow);
                L.AddProduct(ref y0, L.Broadcast(Unsafe.Add(ref x, k)), column);
                L.AddProduct(ref y1, L.Broadcast(Unsafe.Add(ref x, xRow + k)), column);
                L.AddProduct(ref y2, L.Broadcast(Unsafe.Add(ref x, row2 + k)), column);
                L.AddProduct(ref y3, L.Broadcast(Unsafe.Add(ref x, row3 + k)), column);
            }

            x = ref Unsafe.Add(ref x, xRun);
            w = ref Unsafe.Add(ref w, depth * wRow);
        }

        L.Store(E.Apply(y0, ref e, 0), ref y, 0);
        L.Store(E.Apply(y1, ref e, 0), ref y, yRow);
        L.Store(E.Apply(y2, ref e, 0), ref y, 2 * yRow);
        L.Store(E.Apply(y3, ref e, 0), ref y, 3 * yRow);
    }
}
