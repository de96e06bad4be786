using System.Globalization;

namespace DeepGen;

/// <summary>The share of samples for which fewer than k classes score more than the true one.</summary>
public sealed class TopKAccuracy : ClassMetric
{
    private const int Right = 0;
    private const int All = 1;

    /// <param name="k">How many guesses there are.</param>
    public TopKAccuracy(int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        K = k;
        Name = string.Create(CultureInfo.InvariantCulture, $"top-{k} accuracy");
    }

    /// <summary>How many guesses there are.</summary>
    public int K { get; }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override bool HigherIsBetter => true;

    /// <inheritdoc/>
    public override double Value => Sums[Right] / Sums[All];

    private protected override int LeastClasses => Math.Max(2, K);

    private protected override int CountSums(int classes) => 2;

    private protected override void Add(ClassScores scores, int truth)
    {
        int before = 0;
        for (int c = 0; c < scores.Count; c++)
        {
            // Equal scores are taken in their order, as Accuracy takes them: top-1 is accuracy.
            before += scores[c] > scores[truth] || (scores[c] == scores[truth] && c < truth) ? 1 : 0;
        }

        Sums[Right] += before < K ? 1 : 0;
        Sums[All]++;
    }
}
