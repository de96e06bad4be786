using System.Runtime.CompilerServices;
using static DeepGen.Ladder.Softmax.Shape;

namespace DeepGen.Ladder.Softmax;

/// <summary>The definition, shifted by the row's maximum so that nothing overflows: three passes and the library's exponential.</summary>
internal static class Naive
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ReadOnlySpan<float> all, Span<float> results)
    {
        for (int row = 0; row < Rows; row++)
        {
            var x = all.Slice(row * Columns, Columns);
            var y = results.Slice(row * Columns, Columns);
            float max = x[0], sum = 0;
            for (int i = 0; i < Columns; i++)
                max = Math.Max(max, x[i]);
            for (int i = 0; i < Columns; i++)
                sum += y[i] = MathF.Exp(x[i] - max);
            for (int i = 0; i < Columns; i++)
                y[i] /= sum;
        }
    }

    /// <summary>The same in double precision.</summary>
    public static double[] InDouble(ReadOnlySpan<float> all)
    {
        double[] y = new double[Rows * Columns];
        for (int row = 0; row < Rows; row++)
        {
            var x = all.Slice(row * Columns, Columns);
            double max = x[0], sum = 0;
            for (int i = 0; i < Columns; i++)
                max = Math.Max(max, x[i]);
            for (int i = 0; i < Columns; i++)
                sum += Math.Exp(x[i] - max);
            for (int i = 0; i < Columns; i++)
                y[(row * Columns) + i] = Math.Exp(x[i] - max) / sum;
        }

        return y;
    }
}
