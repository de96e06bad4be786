namespace Characters;

/// <summary>How good scores of the next of several kinds are.</summary>
internal static class Judgement
{
    /// <summary>The mean of −ln p(next), p being the softmax of the scores.</summary>
    public static double MeanLoss(ReadOnlySpan<float> scores, ReadOnlySpan<int> next, int kinds)
    {
        double sum = 0;
        for (int i = 0; i < next.Length; i++)
        {
            var row = scores.Slice(i * kinds, kinds);
            double total = 0;
            foreach (float score in row)
                total += Math.Exp(score);
            sum += Math.Log(total) - row[next[i]];
        }

        return sum / next.Length;
    }
}
