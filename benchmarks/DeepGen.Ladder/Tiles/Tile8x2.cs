using System.Runtime.CompilerServices;
using DeepGen.Runtime;

namespace DeepGen.Ladder.Tiles;

/// <summary>
/// Eight rows by thirty-two columns: sixteen sums in registers, for ten loads sixteen multiplications by vectors. w is a panel, so
/// its 32 columns follow one another. For processors with 32 vector registers of sixteen lanes.
/// </summary>
internal static class Tile8x2<L, E>
    where L : struct, ILanes<L>
    where E : struct, IEpilogue<L>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ref float x, nint xRow, nint runs, nint xRun, nint depth, ref float w, ref float y, nint yRow, ref float e)
    {
        L y0 = L.Zero, y1 = L.Zero, y2 = L.Zero, y3 = L.Zero, y4 = L.Zero, y5 = L.Zero, y6 = L.Zero, y7 = L.Zero;
        L z0 = L.Zero, z1 = L.Zero, z2 = L.Zero, z3 = L.Zero, z4 = L.Zero, z5 = L.Zero, z6 = L.Zero, z7 = L.Zero;
        nint row2 = 2 * xRow, row3 = 3 * xRow, row4 = 4 * xRow, row5 = 5 * xRow, row6 = 6 * xRow, row7 = 7 * xRow;
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
                value = L.Broadcast(Unsafe.Add(ref x, row4 + k));
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

            x = ref Unsafe.Add(ref x, xRun);
            w = ref Unsafe.Add(ref w, depth * 32);
        }

        Store(y0, z0, ref Unsafe.Add(ref y, 0 * yRow), ref e);
        Store(y1, z1, ref Unsafe.Add(ref y, 1 * yRow), ref e);
        Store(y2, z2, ref Unsafe.Add(ref y, 2 * yRow), ref e);
        Store(y3, z3, ref Unsafe.Add(ref y, 3 * yRow), ref e);
        Store(y4, z4, ref Unsafe.Add(ref y, 4 * yRow), ref e);
        Store(y5, z5, ref Unsafe.Add(ref y, 5 * yRow), ref e);
        Store(y6, z6, ref Unsafe.Add(ref y, 6 * yRow), ref e);
        Store(y7, z7, ref Unsafe.Add(ref y, 7 * yRow), ref e);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(L left, L right, ref float y, ref float e)
    {
        L.Store(E.Apply(left, ref e, 0), ref y, 0);
        L.Store(E.Apply(right, ref e, 16), ref y, 16);
    }
}
