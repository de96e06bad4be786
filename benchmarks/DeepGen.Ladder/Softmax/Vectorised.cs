using System.Runtime.CompilerServices;
using DeepGen.Runtime;
using static DeepGen.Ladder.Softmax.Shape;

namespace DeepGen.Ladder.Softmax;

/// <summary>The same three passes, sixteen lanes at a time.</summary>
internal static class Vectorised<L>
    where L : struct, ILanes<L>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ref float x, ref float y)
    {
        for (nint row = 0; row < Rows; row++)
        {
            L greatest = L.Load(ref x, 0), sum = L.Zero;
            for (nint i = 0; i < Columns; i += 16)
                greatest = L.Max(L.Load(ref x, i), greatest);
            L max = L.Broadcast(L.MaxLanes(greatest));
            for (nint i = 0; i < Columns; i += 16)
            {
                L e = Polynomial.Exp(L.Load(ref x, i) - max);
                sum += e;
                L.Store(e, ref y, i);
            }

            L scale = L.Broadcast(1 / L.SumLanes(sum));
            for (nint i = 0; i < Columns; i += 16)
                L.Store(L.Load(ref y, i) * scale, ref y, i);
            x = ref Unsafe.Add(ref x, Columns);
            y = ref Unsafe.Add(ref y, Columns);
        }
    }
}
