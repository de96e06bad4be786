namespace DeepGen.Tests;

/// <summary>Numbers at which arithmetic goes wrong, and reproducible others.</summary>
internal static class TestValues
{
    public const int Lanes = 16;

    public static readonly float[] Edges =
    [
        0f, -0f, 1f, -1f, 0.5f, 1.5f, -2.25f, 3e-5f, float.Epsilon, -float.Epsilon, 1.17549435e-38f, float.MaxValue, float.MinValue,
        float.PositiveInfinity, float.NegativeInfinity, float.NaN,
    ];

    /// <summary>Every pair of edges, and random patterns of bits, as triples of sixteen lanes.</summary>
    public static IEnumerable<(float[] A, float[] B, float[] C)> Triples()
    {
        for (int shift = 0; shift < Lanes; shift++)
        {
            yield return (Edges, Rotated(Edges, shift), Rotated(Edges, 3 * shift));
        }

        var random = new Random(1);
        for (int i = 0; i < 200; i++)
        {
            yield return (Random(random), Random(random), Random(random));
        }
    }

    public static float[] Random(Random random) =>
        Array.ConvertAll(new float[Lanes], _ => BitConverter.Int32BitsToSingle((int)random.NextInt64(int.MinValue, 1L + int.MaxValue)));

    public static float[] Counting(int length, float first = 1) => [.. Enumerable.Range(0, length).Select(i => first + i)];

    private static float[] Rotated(float[] values, int by) => [.. values.Select((_, i) => values[(i + by) % values.Length])];
}
