namespace DeepGen;

/// <summary>How many samples of each class were taken for each class. Its value is the balanced accuracy: the mean of the classes' own.</summary>
public sealed class ConfusionMatrix : ClassMetric
{
    /// <inheritdoc/>
    public override string Name => "balanced accuracy";

    /// <inheritdoc/>
    public override bool HigherIsBetter => true;

    /// <summary>How many samples of one class were taken for another.</summary>
    /// <param name="truth">The true class.</param>
    /// <param name="guess">The class with the largest score.</param>
    public long this[int truth, int guess]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)truth, (uint)Classes, nameof(truth));
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)guess, (uint)Classes, nameof(guess));
            return (long)Sums[(truth * Classes) + guess];
        }
    }

    /// <summary>How many samples of a class there were.</summary>
    public long Samples(int truth)
    {
        long samples = 0;
        for (int guess = 0; guess < Classes; guess++)
        {
            samples += this[truth, guess];
        }

        return samples;
    }

    /// <inheritdoc/>
    public override double Value
    {
        get
        {
            double sum = 0;
            int seen = 0;
            for (int c = 0; c < Classes; c++)
            {
                if (Samples(c) is > 0 and var samples)
                {
                    sum += (double)this[c, c] / samples;
                    seen++;
                }
            }

            return sum / seen;
        }
    }

    private protected override int CountSums(int classes) => checked(classes * classes);

    private protected override void Add(ClassScores scores, int truth) => Sums[(truth * Classes) + scores.Largest]++;
}
