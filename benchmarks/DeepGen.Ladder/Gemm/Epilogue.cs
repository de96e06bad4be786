using System.Runtime.CompilerServices;
using DeepGen.Runtime;
using static DeepGen.Ladder.Gemm.Shape;

namespace DeepGen.Ladder.Gemm;

/// <summary>Bias and relu as a pass of its own, after the product.</summary>
internal static class Epilogue<L>
    where L : struct, ILanes<L>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ref float y, ref float b)
    {
        for (nint i = 0; i < Rows; i++)
        {
            for (nint j = 0; j < Columns; j += 16)
                L.Store(L.Max(L.Zero, L.Load(ref y, (i * Columns) + j) + L.Load(ref b, j)), ref y, (i * Columns) + j);
        }
    }
}
