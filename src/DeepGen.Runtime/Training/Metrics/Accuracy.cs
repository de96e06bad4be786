namespace DeepGen;

/// <summary>The share of samples whose true class has the largest score.</summary>
public sealed class Accuracy : ClassMetric
{
    private const int Right = 0;
    private const int All = 1;

    /// <inheritdoc/>
    public override string Name => "accuracy";

    /// <inheritdoc/>
    public override bool HigherIsBetter => true;

    /// <inheritdoc/>
    public override double Value => Sums[Right] / Sums[All];

    private protected override int CountSums(int classes) => 2;

    private protected override void Add(ClassScores scores, int truth)
    {
        Sums[Right] += scores.Largest == truth ? 1 : 0;
        Sums[All]++;
    }
}
