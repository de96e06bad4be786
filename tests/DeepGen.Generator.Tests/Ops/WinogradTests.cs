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
    [InlineData(2, 2, 64, 64, 2)]
    [InlineData(1, 1, 64, 64, 0)]
    public void The_cheapest_tile_depends_on_the_shape(int height, int width, int channels, int outputs, int tile) =>
        Assert.Equal(tile, WinogradTile.Cheapest(height, width, channels, outputs));

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
