namespace DeepGen.Ladder;

/// <summary>One way to compute what the whole ladder computes.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Next">Why the next one is faster, or what else there is to learn.</param>
/// <param name="Result">Where <paramref name="Run"/> leaves what it computed.</param>
/// <param name="Run">Computes all of it once.</param>
internal sealed record Rung(string Name, string Next, Floats Result, Action Run)
{
    /// <summary>Where this one's result lies in another order than the ladder's.</summary>
    public double[]? Expected { get; init; }
}

/// <summary>Ways to compute the same, from naive to fast.</summary>
/// <param name="Operations">Floating-point operations of the naive way; the figures of every rung are made with it.</param>
/// <param name="Expected">What the naive loop gives in double precision.</param>
internal sealed record Steps(string Title, double Operations, double[] Expected, Rung[] Rungs)
{
    /// <summary>The greatest difference from the naive loop in double, as a part of its greatest value.</summary>
    public double Error(Rung rung)
    {
        double[] expected = rung.Expected ?? Expected;
        double scale = expected.Max(Math.Abs), error = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            double difference = Math.Abs(rung.Result.Span[i] - expected[i]);
            error = difference <= error ? error : difference; // a NaN stays
        }

        return error / scale;
    }
}
