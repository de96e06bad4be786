namespace DeepGen.Torch.Tests.Support;

/// <summary>
/// Agreement to 1e-5. A loss differs by that share of itself; a tensor by that share of its greatest number, for its small ones
/// are often what is left of great ones.
/// </summary>
internal static class Agreement
{
    public const double Tolerance = 1e-5;

    public static void Check(string what, float expected, float actual) => Check(what, [expected], [actual]);

    public static void Check(string what, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        double distance = Distance(expected, actual);
        Assert.True(distance <= Tolerance, $"{what}: {distance:e1} of its greatest number apart from PyTorch");
    }

    /// <summary>The greatest difference in units of the greatest number; NaN if there is one.</summary>
    public static double Distance(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        double most = 0, greatest = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            most = Math.Max(most, Math.Abs((double)expected[i] - actual[i]));
            greatest = Math.Max(greatest, Math.Abs((double)expected[i]));
        }

        return most / greatest;
    }
}
