using System.Runtime.CompilerServices;
using DeepGen.Runtime;
using static DeepGen.Ladder.Softmax.Shape;

namespace DeepGen.Ladder.Softmax;

/// <summary>The maximum and the sum in four vectors each, so that one step does not wait for the one before.</summary>
internal static class FourChains<L>
    where L : struct, ILanes<L>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ref float x, ref float y)
    {
        for (nint row = 0; row < Rows; row++)
        {
            L m0 = L.Load(ref x, 0), m1 = m0, m2 = m0, m3 = m0;
            for (nint i = 0; i < Columns; i += 64)
            {
                m0 = L.Max(L.Load(ref x, i), m0);
                m1 = L.Max(L.Load(ref x, i + 16), m1);
                m2 = L.Max(L.Load(ref x, i + 32), m2);
                m3 = L.Max(L.Load(ref x, i + 48), m3);
            }

            L max = L.Broadcast(L.MaxLanes(L.Max(L.Max(m0, m1), L.Max(m2, m3))));
            L s0 = L.Zero, s1 = L.Zero, s2 = L.Zero, s3 = L.Zero;
            for (nint i = 0; i < Columns; i += 64)
            {
                s0 += Exp(ref x, ref y, i, max);
                s1 += Exp(ref x, ref y, i + 16, max);
                s2 += Exp(ref x, ref y, i + 32, max);
                s3 += Exp(ref x, ref y, i + 48, max);
            }

            L scale = L.Broadcast(1 / L.SumLanes(s0 + s1 + (s2 + s3)));
            for (nint i = 0; i < Columns; i += 16)
                L.Store(L.Load(ref y, i) * scale, ref y, i);
            x = ref Unsafe.Add(ref x, Columns);
            y = ref Unsafe.Add(ref y, Columns);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static L Exp(ref float x, ref float y, nint i, L max)
    {
        L e = Polynomial.Exp(L.Load(ref x, i) - max);
        L.Store(e, ref y, i);
        return e;
    }
}
