using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Tests.Ops;

public sealed class WinogradTests
{
    /// <summary>Aᵀ [(G g Gᵀ) ⊙ (Bᵀ d B)] A in double precision; filters at points are float32 as in emitted code.</summary>
    [Theory]
    [InlineData(2, 1e-12)]
    [InlineData(4, 1e-6)]
    public void A_tile_is_the_convolution_of_its_inputs(int tile, double tolerance)
    {
        var transform = WinogradTransform.Of(tile);
        var random = new Random(tile);
        int side = transform.Side;
        double[,] d = Drawn(side, random), g = Drawn(3, random);
        float[] matrix = transform.WeightMatrix();
        double[,] inputs = Both(transform.Input, d);
        var products = new double[side, side];
        for (int point = 0; point < side * side; point++)
        {
            double value = 0;
            for (int tap = 0; tap < 9; tap++)
            {
                value += matrix[(point * 9) + tap] * g[tap / 3, tap % 3];
            }

            products[point / side, point % side] = value * inputs[point / side, point % side];
        }

        double[,] outputs = Both(transform.Output, products);
        for (int i = 0; i < tile * tile; i++)
        {
            double expected = 0;
            for (int tap = 0; tap < 9; tap++)
            {
                expected += d[(i / tile) + (tap / 3), (i % tile) + (tap % 3)] * g[tap / 3, tap % 3];
            }

            Assert.Equal(expected, outputs[i / tile, i % tile], tolerance);
        }
    }

    [Theory]
    [InlineData(28, 28, 1, 32, 0)]
    [InlineData(14, 14, 32, 64, 4)]
    [InlineData(32, 32, 16, 16, 4)]
    [InlineData(6, 6, 64, 64, 2)]
    [InlineData(2, 2, 64, 64, 0)]
    [InlineData(1, 1, 64, 64, 0)]
    public void The_cheapest_tile_depends_on_the_shape(int height, int width, int channels, int outputs, int tile) =>
        Assert.Equal(tile, WinogradTile.Cheapest(height, width, channels, outputs));

    /// <summary>The figures of docs/layers.md: the largest error over thousands of outputs, as a share of the largest output.</summary>
    [Theory]
    [InlineData(2, 1e-7, 4e-7)]
    [InlineData(4, 5e-7, 2e-6)]
    public void Float32_keeps_the_error_that_is_documented(int tile, double least, double most)
    {
        const int Channels = 64;
        var transform = WinogradTransform.Of(tile);
        float[] matrix = transform.WeightMatrix();
        var random = new Random(1);
        int side = transform.Side;
        double error = 0, scale = 0;
        for (int repetition = 0; repetition < 600; repetition++)
        {
            var sums = new float[side, side];
            var exact = new double[tile, tile];
            for (int c = 0; c < Channels; c++)
            {
                float[,] d = Singles(side, () => Math.Max(0, Normal(random)));
                float[,] g = Singles(3, () => ((2 * random.NextDouble()) - 1) / Math.Sqrt(9 * Channels));
                float[,] inputs = Both(transform.Input, d);
                for (int point = 0; point < side * side; point++)
                {
                    float value = 0;
                    for (int tap = 0; tap < 9; tap++)
                    {
                        value = MathF.FusedMultiplyAdd(matrix[(point * 9) + tap], g[tap / 3, tap % 3], value);
                    }

                    sums[point / side, point % side] = MathF.FusedMultiplyAdd(inputs[point / side, point % side], value, sums[point / side, point % side]);
                }

                for (int term = 0; term < tile * tile * 9; term++)
                {
                    (int i, int j, int p, int q) = (term / 9 / tile, term / 9 % tile, term % 9 / 3, term % 3);
                    exact[i, j] += (double)d[i + p, j + q] * g[p, q];
                }
            }

            float[,] outputs = Both(transform.Output, sums);
            for (int i = 0; i < tile * tile; i++)
            {
                error = Math.Max(error, Math.Abs(outputs[i / tile, i % tile] - exact[i / tile, i % tile]));
                scale = Math.Max(scale, Math.Abs(exact[i / tile, i % tile]));
            }
        }

        Assert.InRange(error / scale, least, most);
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static float[,] Singles(int side, Func<double> next)
    {
        var values = new float[side, side];
        for (int i = 0; i < side * side; i++)
        {
            values[i / side, i % side] = (float)next();
        }

        return values;
    }

    /// <summary>m x mᵀ in float32, first along the height.</summary>
    private static float[,] Both(double[,] m, float[,] x)
    {
        (int rows, int side) = (m.GetLength(0), m.GetLength(1));
        var half = new float[rows, side];
        var y = new float[rows, rows];
        for (int i = 0; i < rows; i++)
        {
            for (int k = 0; k < side * side; k++)
            {
                half[i, k % side] = MathF.FusedMultiplyAdd((float)m[i, k / side], x[k / side, k % side], half[i, k % side]);
            }
        }

        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < rows; j++)
            {
                for (int k = 0; k < side; k++)
                {
                    y[i, j] = MathF.FusedMultiplyAdd((float)m[j, k], half[i, k], y[i, j]);
                }
            }
        }

        return y;
    }

    private static double[,] Drawn(int side, Random random)
    {
        var values = new double[side, side];
        for (int i = 0; i < side * side; i++)
        {
            values[i / side, i % side] = (2 * random.NextDouble()) - 1;
        }

        return values;
    }

    /// <summary>m x mᵀ.</summary>
    private static double[,] Both(double[,] m, double[,] x)
    {
        (int rows, int side) = (m.GetLength(0), m.GetLength(1));
        var y = new double[rows, rows];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < rows; j++)
            {
                for (int k = 0; k < side * side; k++)
                {
                    y[i, j] += m[i, k / side] * x[k / side, k % side] * m[j, k % side];
                }
            }
        }

        return y;
    }
}
