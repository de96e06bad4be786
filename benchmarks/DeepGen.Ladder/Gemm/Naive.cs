using System.Runtime.CompilerServices;
using static DeepGen.Ladder.Gemm.Shape;

namespace DeepGen.Ladder.Gemm;

/// <summary>The definition: every output is a sum of products, one after another.</summary>
internal static class Naive
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ReadOnlySpan<float> x, ReadOnlySpan<float> w, Span<float> y)
    {
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < Columns; j++)
            {
                float sum = 0;
                for (int k = 0; k < Depth; k++)
                    sum += x[(i * Depth) + k] * w[(k * Columns) + j];
                y[(i * Columns) + j] = sum;
            }
        }
    }

    /// <summary>The same in double precision, bias and relu included.</summary>
    public static double[] InDouble(ReadOnlySpan<float> x, ReadOnlySpan<float> w, ReadOnlySpan<float> b)
    {
        double[] y = new double[Rows * Columns];
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < Columns; j++)
            {
                double sum = b[j];
                for (int k = 0; k < Depth; k++)
                    sum += (double)x[(i * Depth) + k] * w[(k * Columns) + j];
                y[(i * Columns) + j] = Math.Max(0, sum);
            }
        }

        return y;
    }
}
