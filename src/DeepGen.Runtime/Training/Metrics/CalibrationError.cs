namespace DeepGen;

/// <summary>
/// The expected calibration error: Σ over bins of (samples in the bin / all) · |share that is right − mean confidence|, the
/// confidence being the largest softmax probability of the scores and the bins being of equal width.
/// </summary>
public sealed class CalibrationError : ClassMetric
{
    /// <summary>How many bins there are.</summary>
    public const int Bins = 15;

    private const int SamplesAt = 0;
    private const int RightAt = 1;
    private const int ConfidenceAt = 2;
    private const int Each = 3;

    /// <inheritdoc/>
    public override string Name => "calibration error";

    /// <inheritdoc/>
    public override double Value
    {
        get
        {
            double gaps = 0;
            double all = 0;
            for (int bin = 0; bin < Bins; bin++)
            {
                gaps += Math.Abs(Of(bin, RightAt) - Of(bin, ConfidenceAt));
                all += Of(bin, SamplesAt);
            }

            return gaps / all;
        }
    }

    /// <summary>How many samples fell into a bin.</summary>
    public long Samples(int bin) => (long)Of(bin, SamplesAt);

    /// <summary>The share of a bin's samples that is right; NaN if there are none.</summary>
    public double Accuracy(int bin) => Of(bin, RightAt) / Of(bin, SamplesAt);

    /// <summary>The mean confidence of a bin's samples; NaN if there are none.</summary>
    public double Confidence(int bin) => Of(bin, ConfidenceAt) / Of(bin, SamplesAt);

    private protected override int CountSums(int classes) => Bins * Each;

    private protected override void Add(ClassScores scores, int truth)
    {
        int guess = scores.Largest;
        double confidence = scores.Probability(guess);

        // A bin holds its upper edge, as in the paper (Guo et al. 2017).
        int bin = Math.Clamp((int)Math.Ceiling(confidence * Bins) - 1, 0, Bins - 1);
        var sums = Sums.Slice(bin * Each, Each);
        sums[SamplesAt]++;
        sums[RightAt] += guess == truth ? 1 : 0;
        sums[ConfidenceAt] += confidence;
    }

    private double Of(int bin, int which)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)bin, (uint)Bins, nameof(bin));
        return Sums[(bin * Each) + which];
    }
}
