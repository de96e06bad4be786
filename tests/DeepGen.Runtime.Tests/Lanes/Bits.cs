namespace DeepGen.Tests;

/// <summary>Equal means the same bits, except that one NaN is as good as another.</summary>
internal static class Bits
{
    public static void Equal(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(
                (float.IsNaN(expected[i]) && float.IsNaN(actual[i])) || Of(expected[i]) == Of(actual[i]),
                $"lane {i}: expected {expected[i]:R} ({Of(expected[i]):X8}), got {actual[i]:R} ({Of(actual[i]):X8})");
        }
    }

    public static int Of(float value) => BitConverter.SingleToInt32Bits(value);

    public static float Float(int bits) => BitConverter.Int32BitsToSingle(bits);

    public static float Mask(bool set) => Float(set ? -1 : 0);
}
