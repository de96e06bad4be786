using System.Runtime.CompilerServices;
using static DeepGen.Ladder.Convolution.Shape;

namespace DeepGen.Ladder.Convolution;

/// <summary>The definition, on planes: x is [image][channel][row][column], w [out][in][3][3].</summary>
internal static class Naive
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(ReadOnlySpan<float> x, ReadOnlySpan<float> w, Span<float> y)
    {
        for (int i = 0; i < y.Length; i++)
        {
            int column = i % Size, row = i / Size % Size, co = i / (Size * Size) % Out, image = i / Result;
            float sum = 0;
            for (int ci = 0; ci < In; ci++)
            {
                for (int ky = 0; ky < 3; ky++)
                {
                    for (int kx = 0; kx < 3; kx++)
                    {
                        int r = row + ky - 1, c = column + kx - 1;
                        if (r is >= 0 and < Size && c is >= 0 and < Size)
                            sum += x[(((((image * In) + ci) * Size) + r) * Size) + c] * w[(((((co * In) + ci) * 3) + ky) * 3) + kx];
                    }
                }
            }

            y[i] = sum;
        }
    }

    /// <summary>The same in double precision.</summary>
    public static double[] InDouble(ReadOnlySpan<float> x, ReadOnlySpan<float> w)
    {
        double[] y = new double[Images * Result];
        for (int i = 0; i < y.Length; i++)
        {
            int column = i % Size, row = i / Size % Size, co = i / (Size * Size) % Out, image = i / Result;
            for (int ci = 0; ci < In; ci++)
            {
                for (int ky = 0; ky < 3; ky++)
                {
                    for (int kx = 0; kx < 3; kx++)
                    {
                        int r = row + ky - 1, c = column + kx - 1;
                        if (r is >= 0 and < Size && c is >= 0 and < Size)
                            y[i] += (double)x[(((((image * In) + ci) * Size) + r) * Size) + c] * w[(((((co * In) + ci) * 3) + ky) * 3) + kx];
                    }
                }
            }
        }

        return y;
    }
}
