namespace Digits;

/// <summary>
/// Confidence that means what it says: scores divided by one number, the temperature T > 0, with which held-out digits are least
/// surprising, min Σ (ln Σ exp(z/T) - z_true/T) (Guo et al. 2017). No decision changes by it.
/// </summary>
internal static class Calibration
{
    private const int Bins = 15;
    private const double Lowest = -3, Highest = 3;

    /// <summary>The best temperature. In 1/T the surprise is convex, so that halving finds where its slope is zero.</summary>
    public static double Temperature(ReadOnlySpan<float> scores, ReadOnlySpan<int> truth)
    {
        // Over ln 1/T, since only factors matter.
        double low = Lowest, high = Highest;
        for (int i = 0; i < 40; i++)
        {
            double middle = (low + high) / 2;
            if (Slope(scores, truth, Math.Exp(middle)) < 0)
                low = middle;
            else
                high = middle;
        }

        return Math.Exp(-(low + high) / 2);
    }

    /// <summary>The expected calibration error: how far confidence and share of right answers are apart, over bins of confidence.</summary>
    public static double Error(ReadOnlySpan<float> scores, ReadOnlySpan<int> truth, double temperature)
    {
        int classes = scores.Length / truth.Length;
        Span<double> gaps = stackalloc double[Bins];
        for (int i = 0; i < truth.Length; i++)
        {
            var own = scores.Slice(i * classes, classes);
            int guess = Largest(own);
            double confidence = Confidence(own, temperature);
            int bin = Math.Clamp((int)Math.Ceiling(confidence * Bins) - 1, 0, Bins - 1);
            gaps[bin] += confidence - (guess == truth[i] ? 1 : 0);
        }

        double sum = 0;
        foreach (double gap in gaps)
            sum += Math.Abs(gap);
        return sum / truth.Length;
    }

    /// <summary>The probability of the most probable class.</summary>
    public static double Confidence(ReadOnlySpan<float> scores, double temperature)
    {
        double most = scores[Largest(scores)], sum = 0;
        foreach (float score in scores)
            sum += Math.Exp((score - most) / temperature);
        return 1 / sum;
    }

    public static int Largest(ReadOnlySpan<float> scores)
    {
        int best = 0;
        for (int i = 1; i < scores.Length; i++)
            if (scores[i] > scores[best])
                best = i;
        return best;
    }

    /// <summary>The derivative by s = 1/T of the surprise: Σ (mean of z by softmax(sz) - z_true).</summary>
    private static double Slope(ReadOnlySpan<float> scores, ReadOnlySpan<int> truth, double s)
    {
        int classes = scores.Length / truth.Length;
        double slope = 0;
        for (int i = 0; i < truth.Length; i++)
        {
            var own = scores.Slice(i * classes, classes);
            double most = own[Largest(own)], sum = 0, mean = 0;
            foreach (float score in own)
            {
                double weight = Math.Exp(s * (score - most));
                sum += weight;
                mean += weight * score;
            }

            slope += (mean / sum) - own[truth[i]];
        }

        return slope;
    }
}
