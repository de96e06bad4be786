using System.Runtime.CompilerServices;
using DeepGen.Runtime;
using static DeepGen.Ladder.Softmax.Shape;

namespace DeepGen.Ladder.Softmax;

/// <summary>
/// Maximum and sum in one pass: where a greater value comes, the sum so far is scaled down. x is read twice instead of three
/// times, and y written once; but each value costs three exponentials.
/// </summary>
internal static class Online<L>
    where L : struct, ILanes<L>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ref float x, ref float y)
    {
        for (nint row = 0; row < Rows; row++)
        {
            L greatest = L.Load(ref x, 0), sum = L.Zero;
            for (nint i = 0; i < Columns; i += 16)
            {
                L value = L.Load(ref x, i), before = greatest;
                greatest = L.Max(value, greatest);
                sum = L.Fma(sum, Polynomial.Exp(before - greatest), Polynomial.Exp(value - greatest));
            }

            L max = L.Broadcast(L.MaxLanes(greatest));
            L scale = L.Broadcast(1 / L.SumLanes(sum * Polynomial.Exp(greatest - max)));
            for (nint i = 0; i < Columns; i += 16)
                L.Store(Polynomial.Exp(L.Load(ref x, i) - max) * scale, ref y, i);
            x = ref Unsafe.Add(ref x, Columns);
            y = ref Unsafe.Add(ref y, Columns);
        }
    }
}
