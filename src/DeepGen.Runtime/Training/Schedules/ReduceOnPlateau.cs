namespace DeepGen;

/// <summary>
/// The factor shrinks to γ of what it is whenever more than so many reports in a row were no better than the best one so far. Better than
/// best means less than best · (1 - δ), or less than best - δ; where more is better, greater than best · (1 + δ) or best + δ.
/// </summary>
public sealed class ReduceOnPlateau : Schedule
{
    /// <summary>A change less than this is none.</summary>
    private const double LeastChange = 1e-8;

    private readonly double _gamma;
    private readonly int _patience;
    private readonly double _threshold;
    private readonly bool _absolute;
    private readonly int _coolDown;
    private readonly double _minimum;
    private readonly bool _moreIsBetter;
    private double _factor = 1;
    private double _best;
    private long _bad;
    private long _cooling;

    /// <param name="gamma">γ, less than 1.</param>
    /// <param name="patience">How many such reports are put up with.</param>
    /// <param name="threshold">δ.</param>
    /// <param name="absolute">Whether δ is a difference, not a share.</param>
    /// <param name="coolDown">How many reports after a change do not count as bad.</param>
    /// <param name="minimum">The least factor.</param>
    /// <param name="moreIsBetter">Whether what is reported should grow, as accuracy does.</param>
    public ReduceOnPlateau(
        double gamma = 0.1, int patience = 10, double threshold = 1e-4, bool absolute = false, int coolDown = 0, double minimum = 0, bool moreIsBetter = false)
    {
        Require.Decay(gamma, nameof(gamma));
        ArgumentOutOfRangeException.ThrowIfNegative(patience);
        Require.NotNegative(threshold, nameof(threshold));
        ArgumentOutOfRangeException.ThrowIfNegative(coolDown);
        Require.NotNegative(minimum, nameof(minimum));
        (_gamma, _patience, _threshold, _absolute) = (gamma, patience, threshold, absolute);
        (_coolDown, _minimum, _moreIsBetter) = (coolDown, minimum, moreIsBetter);
        _best = moreIsBetter ? double.NegativeInfinity : double.PositiveInfinity;
    }

    internal override IReadOnlyList<(string Name, double Value)> Scalars =>
        [("factor", _factor), ("best", _best), ("bad", _bad), ("cooling", _cooling)];

    /// <inheritdoc/>
    public override double Factor(long step) => _factor;

    /// <inheritdoc/>
    public override void Report(double value)
    {
        if (IsBetter(value))
        {
            (_best, _bad) = (value, 0);
        }
        else
        {
            _bad++;
        }

        if (_cooling > 0)
        {
            _cooling--;
            _bad = 0;
        }

        if (_bad > _patience)
        {
            double less = Math.Max(_factor * _gamma, _minimum);
            _factor = _factor - less > LeastChange ? less : _factor;
            (_cooling, _bad) = (_coolDown, 0);
        }
    }

    internal override void SetScalar(string name, double value)
    {
        switch (name)
        {
            case "factor": _factor = value; break;
            case "best": _best = value; break;
            case "bad": _bad = (long)value; break;
            case "cooling": _cooling = (long)value; break;
            default: base.SetScalar(name, value); break;
        }
    }

    /// <summary>NaN is never better.</summary>
    private bool IsBetter(double value)
    {
        double sign = _moreIsBetter ? 1 : -1;
        double limit = _absolute ? _best + (sign * _threshold) : _best * (1 + (sign * _threshold));
        return _moreIsBetter ? value > limit : value < limit;
    }
}
