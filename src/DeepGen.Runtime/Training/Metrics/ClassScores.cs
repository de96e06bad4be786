namespace DeepGen;

/// <summary>
/// The scores of the classes in one place of one sample. An output of shape [c, …] holds the places of a class together, so the
/// scores of one place lie as far apart as there are places.
/// </summary>
internal readonly ref struct ClassScores
{
    private readonly ReadOnlySpan<float> _scores;
    private readonly int _stride;

    /// <param name="output">The values of all samples.</param>
    /// <param name="classes">How many classes there are.</param>
    /// <param name="places">How many places lie inside the axis of the classes; usually one.</param>
    /// <param name="index">The number of the place, counted over all samples.</param>
    public ClassScores(ReadOnlySpan<float> output, int classes, int places, int index)
    {
        _scores = output.Slice(index / places * classes * places, classes * places)[(index % places)..];
        _stride = places;
        Count = classes;
    }

    public int Count { get; }

    public float this[int c] => _scores[c * _stride];

    /// <summary>The first of the largest scores.</summary>
    public int Largest
    {
        get
        {
            int best = 0;
            for (int c = 1; c < Count; c++)
            {
                if (this[c] > this[best])
                {
                    best = c;
                }
            }

            return best;
        }
    }

    /// <summary>ln Σ exp(score), with the largest taken out first.</summary>
    public double LogSumExp
    {
        get
        {
            double largest = this[Largest];
            double sum = 0;
            for (int c = 0; c < Count; c++)
            {
                sum += Math.Exp(this[c] - largest);
            }

            return largest + Math.Log(sum);
        }
    }

    /// <summary>The probability that softmax gives a class.</summary>
    public double Probability(int c) => Math.Exp(this[c] - LogSumExp);
}
