using DeepGen.Runtime;

namespace DeepGen.Tests;

/// <summary>bfloat16 and half precision, number by number against plain arithmetic.</summary>
public abstract class ShortFloatTests<T>
    where T : struct, ILanes<T>
{
    private const int All = 1 << 16;

    private static readonly ushort[] s_patterns = [.. Enumerable.Range(0, All).Select(i => (ushort)i)];

    [LanesFact]
    public void Every_bfloat16_is_the_upper_half_of_a_float32()
    {
        var values = new float[All];
        Assert.Equal(All, BFloat16.Widen<T>(ref s_patterns[0], ref values[0], All));
        Assert.Equal(s_patterns.Select(p => p << 16), values.Select(Bits.Of));
    }

    [LanesFact]
    public void Every_bfloat16_comes_back_and_NaN_becomes_quiet()
    {
        var values = new float[All];
        var narrowed = new ushort[All];
        BFloat16.Widen<T>(ref s_patterns[0], ref values[0], All);
        BFloat16.Narrow<T>(ref values[0], ref narrowed[0], All);
        Assert.Equal(s_patterns.Select(p => (p & 0x7FFF) > 0x7F80 ? (ushort)(p | 0x40) : p), narrowed);
    }

    [LanesFact]
    public void Rounding_goes_to_the_nearest_and_to_even()
    {
        foreach (var (a, b, c) in TestValues.Triples())
        {
            Rounds([.. a, .. b, .. c]);
        }

        // Halfway between two, and the neighbours of that, from the smallest numbers to the largest.
        float[] critical = [.. Enumerable.Range(0, 0x7F80).SelectMany(upper => new[] { 0x7FFF, 0x8000, 0x8001 }.Select(lower => Bits.Float((upper << 16) | lower)))];
        Rounds([.. critical, .. critical.Select(x => -x)]);
    }

    [LanesFact]
    public void Every_half_is_widened_as_the_platform_does()
    {
        var values = new float[All];
        Float16.Widen<T>(ref s_patterns[0], ref values[0], All);
        Bits.Equal(s_patterns.Select(p => (float)BitConverter.UInt16BitsToHalf(p)).ToArray(), values);
    }

    [LanesFact]
    public void Upper_halves_take_an_offset_and_touch_nothing_else()
    {
        ushort[] source = [.. Enumerable.Range(1, 40).Select(i => (ushort)i)], target = new ushort[40];
        T.StoreUpper(T.LoadUpper(ref source[0], 7), ref target[0], 11);
        Assert.Equal([.. new ushort[11], .. source[7..23], .. new ushort[13]], target);
    }

    private static void Rounds(float[] values)
    {
        var narrowed = new ushort[values.Length];
        int done = BFloat16.Narrow<T>(ref values[0], ref narrowed[0], values.Length);
        Assert.InRange(values.Length - done, 0, TestValues.Lanes - 1);
        Assert.All(values.Zip(narrowed).Take(done), pair => Assert.Equal(Nearest(pair.First), BFloat16.Value(pair.Second)));
    }

    /// <summary>By comparing distances in double precision; what lies beyond the middle between the greatest and 2^128 is infinite.</summary>
    internal static float Nearest(float x)
    {
        if (!float.IsFinite(x))
        {
            return x;
        }

        float below = Bits.Float(Bits.Of(x) & unchecked((int)0xFFFF0000)), above = Bits.Float((Bits.Of(x) & unchecked((int)0xFFFF0000)) + 0x10000);
        double up = float.IsInfinity(above) ? Math.CopySign(Math.Pow(2, 128), x) - x : (double)above - x, down = (double)x - below;
        bool even = (Bits.Of(below) & 0x10000) == 0;
        return Math.Abs(down) < Math.Abs(up) || (Math.Abs(down) == Math.Abs(up) && even) ? below : above;
    }
}

public sealed class ShortFloat512Tests : ShortFloatTests<Lanes512>;

public sealed class ShortFloat256Tests : ShortFloatTests<Lanes256>;

public sealed class ShortFloatNeonTests : ShortFloatTests<LanesNeon>;

public sealed class ShortFloat128Tests : ShortFloatTests<Lanes128>;

public sealed class ShortFloatScalarTests : ShortFloatTests<LanesScalar>;

public class BFloat16Tests
{
    [Fact]
    public void Any_length_is_converted_as_single_numbers_are()
    {
        var random = new Random(3);
        for (int length = 0; length < 70; length++)
        {
            float[] values = [.. Enumerable.Range(0, length).Select(_ => Bits.Float(random.Next(int.MinValue, int.MaxValue)))];
            var narrowed = new ushort[length];
            var widened = new float[length];
            BFloat16.Narrow(values, narrowed);
            BFloat16.Widen(narrowed, widened);
            Assert.Equal(values.Select(BFloat16.Of), narrowed);
            Bits.Equal(values.Select(ShortFloatTests<LanesScalar>.Nearest).ToArray(), widened);
        }
    }

    [Theory]
    [InlineData(1f, 0x3F80)]
    [InlineData(-2f, 0xC000)]
    [InlineData(3.4028235e38f, 0x7F80)]
    [InlineData(float.NegativeInfinity, 0xFF80)]
    [InlineData(1.00390625f, 0x3F80)]
    [InlineData(1.01171875f, 0x3F82)]
    public void Known_numbers(float value, int bits) => Assert.Equal((ushort)bits, BFloat16.Of(value));

    [Fact]
    public void Lengths_must_agree()
    {
        Assert.Contains("3 numbers cannot become 2", Assert.Throws<ArgumentException>(() => BFloat16.Narrow(new float[3], new ushort[2])).Message);
        Assert.Throws<ArgumentException>(() => BFloat16.Widen(new ushort[3], new float[4]));
    }
}
