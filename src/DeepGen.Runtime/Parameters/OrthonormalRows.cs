namespace DeepGen;

/// <summary>
/// An orthogonal matrix drawn evenly from all: normal numbers, each row less its parts along the rows before, divided by its
/// length (Gram and Schmidt, one part after the other). It is Q of a QR decomposition whose R has a positive diagonal.
/// </summary>
/// <remarks>
/// In double precision, in one order, with nothing but + − · / √, so that every machine comes to the same floats. What is lost
/// of orthogonality is the condition of a random matrix times 2⁻⁵³, far below the float that is stored.
/// </remarks>
internal static class OrthonormalRows
{
    public static void Fill(Span<float> values, int rows, float scale, CounterRandom random)
    {
        int columns = values.Length / Math.Max(rows, 1);
        bool isTall = rows > columns;
        (int count, int length) = isTall ? (columns, rows) : (rows, columns);
        double[] basis = new double[values.Length];
        for (int i = 0; i < basis.Length; i++)
        {
            basis[i] = random.Normal(i);
        }

        for (int i = 0; i < count; i++)
        {
            Span<double> row = basis.AsSpan(i * length, length);
            for (int j = 0; j < i; j++)
            {
                TakeAway(row, basis.AsSpan(j * length, length));
            }

            Normalise(row);
        }

        for (int i = 0; i < values.Length; i++)
        {
            int source = isTall ? (i % columns * length) + (i / columns) : i;
            values[i] = (float)(scale * basis[source]);
        }
    }

    private static void TakeAway(Span<double> row, ReadOnlySpan<double> unit)
    {
        double part = Dot(row, unit);
        for (int k = 0; k < row.Length; k++)
        {
            row[k] -= part * unit[k];
        }
    }

    private static void Normalise(Span<double> row)
    {
        double size = Math.Sqrt(Dot(row, row));
        for (int k = 0; k < row.Length; k++)
        {
            row[k] = size > 0 ? row[k] / size : 0;
        }
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int k = 0; k < a.Length; k++)
        {
            sum += a[k] * b[k];
        }

        return sum;
    }
}
