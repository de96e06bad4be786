namespace DeepGen.Tests;

public class InitialValuesTests
{
    [Fact]
    public void Equal_seeds_give_equal_values_and_others_do_not()
    {
        Assert.Equal(TestParameters.All(TestParameters.Small(5)), TestParameters.All(TestParameters.Small(5)));
        Assert.NotEqual(TestParameters.All(TestParameters.Small(5)), TestParameters.All(TestParameters.Small(6)));
    }

    [Fact]
    public void Constants_are_constant()
    {
        var set = TestParameters.Small();
        Assert.Equal([0.25f, 0.25f, 0.25f], set["0.bias"].Values.ToArray());
        Assert.Equal([0, 0], set["1.1.bias"].Values.ToArray());
        Assert.Equal([1, 1], set["2.running_var"].Values.ToArray());
    }

    [Fact]
    public void Copies_of_a_block_begin_differently()
    {
        var set = TestParameters.Small();
        Assert.NotEqual(set["1.0.weight"].Values.ToArray(), set["1.1.weight"].Values.ToArray());
    }

    [Fact]
    public void A_parameter_begins_alike_whatever_surrounds_it()
    {
        var alone = new ParameterSet([TestParameters.Declare("0.weight", [3, 5])], 1);
        Assert.Equal(TestParameters.Small()["0.weight"].Values.ToArray(), alone["0.weight"].Values.ToArray());
    }

    [Theory]
    [InlineData(Initializer.Uniform, 0.3, 0.17320508)]
    [InlineData(Initializer.Normal, 0.3, 0.3)]
    public void Random_values_have_the_moments_of_their_kind(Initializer kind, double scale, double deviation)
    {
        const int Length = 100_000;
        var values = new ParameterSet([TestParameters.Declare("w", [Length], kind: kind, scale: (float)scale)], 3)["w"].Values.ToArray();
        double mean = values.Average(v => (double)v);
        double variance = values.Average(v => (v - mean) * (v - mean));
        Assert.InRange(mean, -0.004, 0.004);
        Assert.InRange(Math.Sqrt(variance), deviation * 0.99, deviation * 1.01);
        double kurtosis = values.Average(v => Math.Pow((v - mean) / deviation, 4));
        Assert.InRange(kurtosis, kind == Initializer.Normal ? 2.9 : 1.77, kind == Initializer.Normal ? 3.1 : 1.83);
        Assert.True(kind == Initializer.Normal || values.All(v => Math.Abs(v) <= (float)scale));
    }

    [Fact]
    public void Values_are_the_same_on_every_machine()
    {
        var set = TestParameters.Small();
        Bits.Equal(GoldenUniform, set["0.weight"].Values[..4]);
        Bits.Equal(GoldenNormal, set["1.1.weight"].Values);
    }

    [Fact]
    public void A_truncated_normal_ends_at_two_deviations()
    {
        double[] values = [.. Draw(Initializer.TruncatedNormal, 0.02f, 100_000).Select(v => v / 0.02)];
        Assert.InRange(values.Max(), 1.99, 2.0000001);
        Assert.InRange(values.Min(), -2.0000001, -1.99);
        Assert.InRange(values.Average(), -0.01, 0.01);

        // The variance of a standard normal between -2 and 2: 1 - 4 phi(2) / (2 Phi(2) - 1).
        Assert.InRange(values.Average(v => v * v), 0.7737 * 0.98, 0.7737 * 1.02);
        float[] whole = Draw(Initializer.Normal, 0.02f, 100_000);
        Assert.All(whole.Zip(values), pair => Assert.True(Math.Abs(pair.First) > 0.04f || pair.First / 0.02 == pair.Second));
    }

    [Theory]
    [InlineData(24, 24)]
    [InlineData(8, 60)]
    [InlineData(60, 8)]
    [InlineData(1, 5)]
    [InlineData(5, 1)]
    public void An_orthogonal_matrix_has_orthonormal_rows_or_columns(int rows, int columns)
    {
        float[] w = Draw(Initializer.Orthogonal, 1.5f, rows, columns);
        int count = Math.Min(rows, columns);
        for (int i = 0; i < count; i++)
        {
            for (int j = 0; j < count; j++)
            {
                double product = Enumerable.Range(0, Math.Max(rows, columns)).Sum(k => (double)At(i, k) * At(j, k));
                Assert.Equal(i == j ? 2.25 : 0, product, 2e-6);
            }
        }

        float At(int i, int k) => rows > columns ? w[(k * columns) + i] : w[(i * columns) + k];
    }

    [Fact]
    public void A_kernel_is_a_matrix_of_a_row_for_each_channel()
    {
        float[] kernel = Draw(Initializer.Orthogonal, 1, 4, 2, 3, 3);
        Assert.Equal(Draw(Initializer.Orthogonal, 1, 4, 18), kernel);
    }

    [Fact]
    public void Orthogonal_matrices_favour_no_direction()
    {
        double[] first = [.. Enumerable.Range(0, 4000).Select(i => (double)new ParameterSet(
            [TestParameters.Declare("w", [3, 3], kind: Initializer.Orthogonal, scale: 1)], (ulong)i)["w"].Values[0])];

        // A coordinate of a point drawn evenly from a sphere is uniform between -1 and 1.
        Assert.InRange(first.Average(), -0.03, 0.03);
        Assert.InRange(first.Average(v => v * v), 0.32, 0.347);
        Assert.InRange(first.Average(v => v * v * v * v), 0.19, 0.21);
    }

    [Fact]
    public void Truncated_and_orthogonal_values_are_the_same_on_every_machine()
    {
        // The first of these was drawn twice.
        Bits.Equal(GoldenTruncated, Draw(Initializer.TruncatedNormal, 1, 64).AsSpan(40, 4));
        Bits.Equal(GoldenOrthogonal, Draw(Initializer.Orthogonal, 1, 2, 2));
    }

    private static float[] Draw(Initializer kind, float scale, params int[] shape) =>
        new ParameterSet([TestParameters.Declare("w", shape, kind: kind, scale: scale)], 3)["w"].Values.ToArray();

    private static readonly float[] GoldenTruncated = [0.89640146f, -1.0406216f, -0.9344656f, 0.7760657f];

    private static readonly float[] GoldenOrthogonal = [0.9641204f, -0.26546532f, 0.26546532f, 0.9641204f];

    private static readonly float[] GoldenUniform = [0.44939494f, 0.26333994f, -0.45569283f, -0.1389432f];

    private static readonly float[] GoldenNormal = [-0.44043568f, 0.13601509f, 0.9468132f, 0.1045967f];
}
