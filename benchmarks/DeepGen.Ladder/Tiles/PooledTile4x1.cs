using System.Runtime.CompilerServices;
using DeepGen.Runtime;

namespace DeepGen.Ladder.Tiles;

/// <summary><see cref="PooledTile8x2{L, E}"/> where registers are few: two by two pixels, sixteen columns.</summary>
internal static class PooledTile4x1<L, E>
    where L : struct, ILanes<L>
    where E : struct, IEpilogue<L>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ref float x, nint xRow, nint xLine, nint runs, nint depth, ref float w, ref float y, ref float e)
    {
        L y0 = L.Zero, y1 = L.Zero, y2 = L.Zero, y3 = L.Zero;
        nint row3 = xLine + xRow;
        for (nint run = 0; run < runs; run++)
        {
            for (nint k = 0; k < depth; k++)
            {
                L column = L.Load(ref w, k * 16);
                L.AddProduct(ref y0, L.Broadcast(Unsafe.Add(ref x, k)), column);
                L.AddProduct(ref y1, L.Broadcast(Unsafe.Add(ref x, xRow + k)), column);
                L.AddProduct(ref y2, L.Broadcast(Unsafe.Add(ref x, xLine + k)), column);
                L.AddProduct(ref y3, L.Broadcast(Unsafe.Add(ref x, row3 + k)), column);
            }

            x = ref Unsafe.Add(ref x, xLine);
            w = ref Unsafe.Add(ref w, depth * 16);
        }

        L.Store(E.Apply(L.Max(L.Max(y0, y1), L.Max(y2, y3)), ref e, 0), ref y, 0);
    }
}
