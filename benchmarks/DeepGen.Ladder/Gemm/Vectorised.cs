using System.Runtime.CompilerServices;
using DeepGen.Runtime;
using static DeepGen.Ladder.Gemm.Shape;

namespace DeepGen.Ladder.Gemm;

/// <summary>The innermost loop in pieces of sixteen lanes.</summary>
internal static class Vectorised<L>
    where L : struct, ILanes<L>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ref float x, ref float w, Span<float> sums)
    {
        sums.Clear();
        ref float y = ref sums[0];
        for (nint i = 0; i < Rows; i++)
        {
            for (nint k = 0; k < Depth; k++)
            {
                L value = L.Broadcast(Unsafe.Add(ref x, (i * Depth) + k));
                for (nint j = 0; j < Columns; j += 16)
                    L.Store(L.Fma(value, L.Load(ref w, (k * Columns) + j), L.Load(ref y, (i * Columns) + j)), ref y, (i * Columns) + j);
            }
        }
    }
}
