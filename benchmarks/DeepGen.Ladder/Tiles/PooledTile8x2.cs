using System.Runtime.CompilerServices;
using DeepGen.Runtime;

namespace DeepGen.Ladder.Tiles;

/// <summary>
/// <see cref="Tile8x2{L, E}"/> of a convolution whose eight rows are four pixels of each of two lines: of their sums the greatest two by two
/// are stored. What the epilogue does keeps their order, so it is done of the greatest alone.
/// </summary>
internal static class PooledTile8x2<L, E>
    where L : struct, ILanes<L>
    where E : struct, IEpilogue<L>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ref float x, nint xRow, nint xLine, nint runs, nint depth, ref float w, ref float y, nint yRow, ref float e)
    {
        L y0 = L.Zero, y1 = L.Zero, y2 = L.Zero, y3 = L.Zero, y4 = L.Zero, y5 = L.Zero, y6 = L.Zero, y7 = L.Zero;
        L z0 = L.Zero, z1 = L.Zero, z2 = L.Zero, z3 = L.Zero, z4 = L.Zero, z5 = L.Zero, z6 = L.Zero, z7 = L.Zero;
        nint row2 = 2 * xRow, row3 = 3 * xRow, row5 = xLine + xRow, row6 = xLine + row2, row7 = xLine + row3;
        for (nint run = 0; run < runs; run++)
        {
            for (nint k = 0; k < depth; k++)
            {
                L left = L.Load(ref w, k * 32), right = L.Load(ref w, (k * 32) + 16);
                L value = L.Broadcast(Unsafe.Add(ref x, k));
                L.AddProduct(ref y0, value, left);
                L.AddProduct(ref z0, value, right);
                value = L.Broadcast(Unsafe.Add(ref x, xRow + k));
                L.AddProduct(ref y1, value, left);
                L.AddProduct(ref z1, value, right);
                value = L.Broadcast(Unsafe.Add(ref x, row2 + k));
                L.AddProduct(ref y2, value, left);
                L.AddProduct(ref z2, value, right);
                value = L.Broadcast(Unsafe.Add(ref x, row3 + k));
                L.AddProduct(ref y3, value, left);
                L.AddProduct(ref z3, value, right);
                value = L.Broadcast(Unsafe.Add(ref x, xLine + k));
                L.AddProduct(ref y4, value, left);
                L.AddProduct(ref z4, value, right);
                value = L.Broadcast(Unsafe.Add(ref x, row5 + k));
                L.AddProduct(ref y5, value, left);
                L.AddProduct(ref z5, value, right);
                value = L.Broadcast(Unsafe.Add(ref x, row6 + k));
                L.AddProduct(ref y6, value, left);
                L.AddProduct(ref z6, value, right);
                value = L.Broadcast(Unsafe.Add(ref x, row7 + k));
                L.AddProduct(ref y7, value, left);
                L.AddProduct(ref z7, value, right);
            }

            x = ref Unsafe.Add(ref x, xLine);
            w = ref Unsafe.Add(ref w, depth * 32);
        }

        L.Store(E.Apply(L.Max(L.Max(y0, y1), L.Max(y4, y5)), ref e, 0), ref y, 0);
        L.Store(E.Apply(L.Max(L.Max(z0, z1), L.Max(z4, z5)), ref e, 16), ref y, 16);
        L.Store(E.Apply(L.Max(L.Max(y2, y3), L.Max(y6, y7)), ref e, 0), ref y, yRow);
        L.Store(E.Apply(L.Max(L.Max(z2, z3), L.Max(z6, z7)), ref e, 16), ref y, yRow + 16);
    }
}
