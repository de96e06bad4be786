namespace DeepGen.Generator.Ops;

/// <summary>
/// A 3x3 convolution of stride 1 by tiles of m x m outputs (Toom-Cook along each side, after Winograd): with the products of
/// polynomials taken at m + 1 points and at infinity,
///   Y = Aᵀ [(G g Gᵀ) ⊙ (Bᵀ d B)] A,
/// which multiplies (m + 2)² numbers where the sum itself takes 9 m².
/// </summary>
/// <remarks>
/// Points come in pairs ±p, so that rows share their even and odd parts. Rounding grows with the spread of the points' powers;
/// 3/4 and 3/2, which are exact in binary with all their products, leave a third of the error of the usual 1 and 2.
/// </remarks>
internal sealed class WinogradTransform
{
    /// <summary>Taps along a side.</summary>
    public const int Taps = 3;

    private WinogradTransform(int tile, double[] points)
    {
        Tile = tile;
        int n = points.Length + 1;
        (Input, Output, Weight) = (new double[n, n], new double[tile, n], new double[n, Taps]);
        for (int i = 0; i < points.Length; i++)
        {
            double[] others = points.Where((_, j) => j != i).ToArray();
            double scale = others.Aggregate(1.0, (product, p) => product * (points[i] - p));
            SetRow(Input, i, Polynomial(others));
            SetRow(Weight, i, Powers(points[i], Taps).Select(p => p / scale).ToArray());
            double[] powers = Powers(points[i], tile);
            for (int k = 0; k < tile; k++)
            {
                Output[k, i] = powers[k];
            }
        }

        SetRow(Input, n - 1, Polynomial(points));
        Weight[n - 1, Taps - 1] = 1;
        Output[tile - 1, n - 1] = 1;
    }

    /// <summary>Outputs along a side of a tile.</summary>
    public int Tile { get; }

    /// <summary>Inputs, hence points, along a side of a tile.</summary>
    public int Side => Tile + Taps - 1;

    public int Points => Side * Side;

    /// <summary>Bᵀ: Side x Side.</summary>
    public double[,] Input { get; }

    /// <summary>Aᵀ: Tile x Side.</summary>
    public double[,] Output { get; }

    /// <summary>G: Side x Taps.</summary>
    private double[,] Weight { get; }

    public static WinogradTransform Of(int tile) => tile switch
    {
        2 => new(2, [0, 1, -1]),
        4 => new(4, [0, 0.75, -0.75, 1.5, -1.5]),
        _ => throw new ArgumentOutOfRangeException(nameof(tile)),
    };

    /// <summary>G ⊗ G: from the nine taps of a filter to its values at all points, row by row.</summary>
    public float[] WeightMatrix()
    {
        var values = new float[Points * Taps * Taps];
        for (int i = 0; i < values.Length; i++)
        {
            (int point, int tap) = (i / (Taps * Taps), i % (Taps * Taps));
            values[i] = (float)(Weight[point / Side, tap / Taps] * Weight[point % Side, tap % Taps]);
        }

        return values;
    }

    /// <summary>The coefficients of Π (x - root), the constant one first.</summary>
    private static double[] Polynomial(double[] roots)
    {
        double[] coefficients = [1];
        foreach (double root in roots)
        {
            var next = new double[coefficients.Length + 1];
            for (int k = 0; k < coefficients.Length; k++)
            {
                next[k + 1] += coefficients[k];
                next[k] -= root * coefficients[k];
            }

            coefficients = next;
        }

        return coefficients;
    }

    private static double[] Powers(double x, int count)
    {
        var powers = new double[count];
        for (int k = 0; k < count; k++)
        {
            powers[k] = k == 0 ? 1 : powers[k - 1] * x;
        }

        return powers;
    }

    private static void SetRow(double[,] matrix, int row, double[] values)
    {
        for (int k = 0; k < values.Length; k++)
        {
            matrix[row, k] = values[k];
        }
    }
}
