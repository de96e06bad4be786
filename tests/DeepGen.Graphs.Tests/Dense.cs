namespace DeepGen.Graphs.Tests;

/// <summary>Matrices in double precision and plain loops: what networks over graphs are compared with.</summary>
internal static class Dense
{
    public static double[,] Of(SparseMatrix sparse)
    {
        double[,] dense = new double[sparse.Rows, sparse.Columns];
        for (int r = 0; r < sparse.Rows; r++)
        {
            for (int e = sparse.RowStarts[r]; e < sparse.RowStarts[r + 1]; e++)
                dense[r, sparse.ColumnIndices[e]] = sparse.Values[e];
        }

        return dense;
    }

    public static double[,] Of(ReadOnlySpan<float> values, int columns)
    {
        double[,] dense = new double[values.Length / columns, columns];
        for (int i = 0; i < values.Length; i++)
            dense[i / columns, i % columns] = values[i];

        return dense;
    }

    public static double[,] Times(this double[,] a, double[,] b)
    {
        double[,] y = new double[a.GetLength(0), b.GetLength(1)];
        for (int i = 0; i < y.GetLength(0); i++)
        {
            for (int j = 0; j < y.GetLength(1); j++)
            {
                for (int k = 0; k < b.GetLength(0); k++)
                    y[i, j] += a[i, k] * b[k, j];
            }
        }

        return y;
    }

    public static double[,] Map(this double[,] a, Func<double, int, double> f)
    {
        double[,] y = new double[a.GetLength(0), a.GetLength(1)];
        for (int i = 0; i < y.GetLength(0); i++)
        {
            for (int j = 0; j < y.GetLength(1); j++)
                y[i, j] = f(a[i, j], j);
        }

        return y;
    }

    public static double[,] Transposed(this double[,] a)
    {
        double[,] y = new double[a.GetLength(1), a.GetLength(0)];
        for (int i = 0; i < y.GetLength(0); i++)
        {
            for (int j = 0; j < y.GetLength(1); j++)
                y[i, j] = a[j, i];
        }

        return y;
    }

    public static double[,] Plus(this double[,] a, double[,] b)
    {
        double[,] y = (double[,])a.Clone();
        for (int i = 0; i < y.GetLength(0); i++)
        {
            for (int j = 0; j < y.GetLength(1); j++)
                y[i, j] += b[i, j];
        }

        return y;
    }

    public static double[,] Plus(this double[,] a, ReadOnlySpan<float> bias)
    {
        float[] own = bias.ToArray();
        return a.Map((v, j) => v + own[j]);
    }

    public static double Distance(double[,] a, ReadOnlySpan<float> b)
    {
        double most = 0;
        for (int i = 0; i < b.Length; i++)
            most = Math.Max(most, Math.Abs(a[i / a.GetLength(1), i % a.GetLength(1)] - b[i]));

        return most;
    }
}
