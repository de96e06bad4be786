namespace DeepGen.Ladder.Pooling;

/// <summary>The definition, in double precision: x is [row][column][channel], w [3][3][in][out].</summary>
internal static class Naive
{
    public static double[] InDouble(Shape shape, ReadOnlySpan<float> x, ReadOnlySpan<float> w, ReadOnlySpan<float> b)
    {
        double[] y = new double[shape.Pooled * shape.Pooled * shape.Out];
        for (int i = 0; i < y.Length; i++)
        {
            int channel = i % shape.Out, column = i / shape.Out % shape.Pooled, row = i / shape.Out / shape.Pooled;
            for (int near = 0; near < 4; near++)
                y[i] = Math.Max(y[i], b[channel] + Sum(shape, x, w, (2 * row) + (near / 2), (2 * column) + (near % 2), channel));
        }

        return y;
    }

    private static double Sum(Shape shape, ReadOnlySpan<float> x, ReadOnlySpan<float> w, int row, int column, int channel)
    {
        double sum = 0;
        for (int ky = 0; ky < 3; ky++)
        {
            for (int k = 0; k < shape.Three; k++)
                sum += (double)x[((row + ky) * shape.Line) + (column * shape.In) + k] * w[(((ky * shape.Three) + k) * shape.Out) + channel];
        }

        return sum;
    }
}
