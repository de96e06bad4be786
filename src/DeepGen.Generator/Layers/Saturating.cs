namespace DeepGen.Generator.Layers;

/// <summary>Products and sums of numbers that are not negative; what exceeds a long is its largest value.</summary>
internal static class Saturating
{
    public static long Product(params long[] factors) => factors.Contains(0)
        ? 0
        : factors.Aggregate(1L, (n, f) => n > long.MaxValue / f ? long.MaxValue : n * f);

    public static long Add(long a, long b) => a > long.MaxValue - b ? long.MaxValue : a + b;
}
