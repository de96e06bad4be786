namespace DeepGen;

/// <summary>
/// The loss of every step in bounded memory: a point is the mean of as many steps as it takes for the whole run to fit; when
/// the points are full, neighbours are joined and every point counts twice as many steps.
/// </summary>
internal sealed class LossCurve
{
    private const int Points = 512;
    private const int StrideAt = Points;
    private const int CountAt = Points + 1;
    private const int SumAt = Points + 2;
    private const int PendingAt = Points + 3;

    private readonly double[] _state = new double[Points + 4];

    public LossCurve() => _state[StrideAt] = 1;

    /// <summary>All there is to it, for a checkpoint.</summary>
    public Span<double> State => _state;

    public int Count => (int)_state[CountAt];

    /// <summary>How many steps a point counts.</summary>
    public long Stride => (long)_state[StrideAt];

    /// <summary>The mean loss of the steps from <c>point · Stride</c> on.</summary>
    public double this[int point] => _state[point];

    public void Add(double loss)
    {
        _state[SumAt] += loss;
        if (++_state[PendingAt] < _state[StrideAt])
        {
            return;
        }

        _state[(int)_state[CountAt]++] = _state[SumAt] / _state[StrideAt];
        _state[SumAt] = 0;
        _state[PendingAt] = 0;
        if (Count == Points)
        {
            for (int i = 0; i < Points / 2; i++)
            {
                _state[i] = (_state[2 * i] + _state[(2 * i) + 1]) / 2;
            }

            _state[CountAt] = Points / 2;
            _state[StrideAt] *= 2;
        }
    }
}
