using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using static DeepGen.Generator.Tests.Ops.Evaluation;

namespace DeepGen.Generator.Tests.Ops;

/// <summary>Random numbers must look as if they were: the statistics a mask or an augmentation would show.</summary>
public sealed class NoiseTests
{
    private const int Length = 1 << 16;

    [Fact]
    public void The_generator_is_this_one_for_ever()
    {
        // Masks are part of what makes a training run repeatable: these numbers may not change.
        Assert.Equal(0x648B5F05u, Bits(0, 0, 0, 0));
        Assert.Equal(0xD9A150C7u, Bits(1, 2, 3, 4));
        Assert.Equal(0xD70F02DDu, Bits((1 << 24) - 1, (1 << 24) - 1, 63, 65535));
    }

    [Fact]
    public void Numbers_lie_in_the_unit_interval_and_are_exact_in_float32()
    {
        DenseTensor y = Of(new Noise(Shape.Of(3, 4, 500)), Tensor([2], 17, 4711));
        Assert.Equal(new[] { 3, 4, 500 }, y.Shape);
        Assert.All(y.Values, v => Assert.True(v is >= 0 and < 1 && (float)v == v && v * 16777216 == Math.Floor(v * 16777216)));
    }

    [Fact]
    public void A_sample_has_the_same_numbers_in_any_batch()
    {
        DenseTensor small = Of(new Noise(Shape.Of(2, 7)), Tensor([2], 5, 6)), large = Of(new Noise(Shape.Of(9, 7)), Tensor([2], 5, 6));
        Assert.Equal(small.Values, large.Values.Take(14));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(6)]
    public void A_sequence_has_the_same_numbers_however_long_it_is(int length)
    {
        var noise = new Noise(Shape.Of(Size.Batch, 3, Size.Named("T", 6), 5));
        DenseTensor whole = Of(new Noise(Shape.Of(2, 3, 6, 5)), Tensor([2], 5, 6));
        DenseTensor shorter = Of(noise.Bind(new Dictionary<string, int> { ["B"] = 2, ["T"] = length }), Tensor([2], 5, 6));
        Assert.Equal(new[] { 2, 3, length, 5 }, shorter.Shape);
        Assert.Equal([.. whole.Values.Where((_, i) => i / 5 % 6 < length)], shorter.Values);
        Assert.Equal(Noise.Uniform(Bits(5, 6, 1, (2 * 30) + 4)), shorter.Values[(((1 * 3) + 2) * length * 5) + 4]);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 0, 0)]
    [InlineData(0, 1, 5)]
    [InlineData(12345, 678, 63)]
    public void Positions_of_a_sample_are_even_and_independent(int key0, int key1, int sample)
    {
        double[] u = Sample(key0, key1, sample);
        IsEven(u);
        foreach (int lag in new[] { 1, 2, 3, 16, 28, 256, 4096 })
        {
            IsIndependent(u[..^lag], u[lag..]);
        }
    }

    [Fact]
    public void Samples_and_keys_that_differ_in_one_bit_are_independent()
    {
        double[] u = Sample(3, 5, 8);
        for (int bit = 0; bit < 24; bit++)
        {
            IsIndependent(u, Sample(3 ^ (1 << bit), 5, 8));
            IsIndependent(u, Sample(3, 5 ^ (1 << bit), 8));
            IsIndependent(u, Sample(3, 5, 8 ^ (1 << bit)));
        }
    }

    [Fact]
    public void A_position_is_even_over_samples_and_over_keys()
    {
        IsEven([.. Enumerable.Range(0, Length).Select(i => Noise.Uniform(Bits(7, 7, i, 0)))]);
        IsEven([.. Enumerable.Range(0, Length).Select(i => Noise.Uniform(Bits(i, 7, 0, 3)))]);
        IsEven([.. Enumerable.Range(0, Length).Select(i => Noise.Uniform(Bits(7, i, 0, 3)))]);
    }

    [Fact]
    public void Of_each_bit_changed_in_the_position_half_the_bits_change()
    {
        for (int bit = 0; bit < 24; bit++)
        {
            double changed = Enumerable.Range(0, 4096).Average(i => int.PopCount((int)(Bits(1, 2, 3, i) ^ Bits(1, 2, 3, i ^ (1 << bit)))));
            Assert.InRange(changed, 15.5, 16.5);
        }
    }

    private static uint Bits(int key0, int key1, int sample, int position) =>
        Noise.Bits((uint)key0, (uint)key1, (uint)sample, (uint)position);

    private static double[] Sample(int key0, int key1, int sample) =>
        [.. Enumerable.Range(0, Length).Select(i => Noise.Uniform(Bits(key0, key1, sample, i)))];

    /// <summary>χ² of 256 boxes: 255 ± 22.6; five deviations either way.</summary>
    private static void IsEven(double[] u)
    {
        double expected = u.Length / 256.0;
        double square = u.GroupBy(v => (int)(v * 256)).Sum(g => (g.Count() - expected) * (g.Count() - expected) / expected);
        Assert.InRange(square, 255 - 113, 255 + 113);
    }

    /// <summary>The correlation of n independent pairs is 0 ± 1/√n; five deviations either way.</summary>
    private static void IsIndependent(double[] u, double[] v)
    {
        double correlation = u.Zip(v, (a, b) => (a - 0.5) * (b - 0.5)).Average() * 12;
        Assert.InRange(Math.Abs(correlation), 0, 5 / Math.Sqrt(u.Length));
    }
}
