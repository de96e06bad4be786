using System.Runtime.CompilerServices;
using static DeepGen.Ladder.Gemm.Shape;

namespace DeepGen.Ladder.Gemm;

/// <summary>The two inner loops exchanged: w and y are read along their rows.</summary>
internal static class Reordered
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ReadOnlySpan<float> x, ReadOnlySpan<float> w, Span<float> y)
    {
        y.Clear();
        for (int i = 0; i < Rows; i++)
        {
            var to = y.Slice(i * Columns, Columns);
            for (int k = 0; k < Depth; k++)
            {
                float value = x[(i * Depth) + k];
                var from = w.Slice(k * Columns, Columns);
                for (int j = 0; j < to.Length; j++)
                    to[j] += value * from[j];
            }
        }
    }
}
