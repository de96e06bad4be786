using System.Runtime.CompilerServices;
using static DeepGen.Ladder.Softmax.Shape;

namespace DeepGen.Ladder.Softmax;

/// <summary>The naive loops with an exponential of one's own, and one division a row.</summary>
internal static class OwnExp
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
                max = x[i] > max ? x[i] : max;
            for (int i = 0; i < Columns; i++)
                sum += y[i] = Polynomial.Exp(x[i] - max);
            float scale = 1 / sum;
            for (int i = 0; i < Columns; i++)
                y[i] *= scale;
        }
    }
}
