namespace DeepGen;

/// <summary>
/// factor(t) = m + (1 - m)(1 + cos(πt/n)) / 2 until t = n, then m (Loshchilov and Hutter 2017). With restarts it begins anew at t = n, each
/// period as long as the last one times its growth.
/// </summary>
public sealed class Cosine : Schedule
{
    private readonly long _steps;
    private readonly double _minimum;
    private readonly bool _restarts;
    private readonly int _growth;

    /// <param name="steps">n, the length of the first period.</param>
    /// <param name="minimum">m.</param>
    /// <param name="restarts">Whether to begin anew at the end.</param>
    /// <param name="growth">What each period is longer by than the last one.</param>
    public Cosine(long steps, double minimum = 0, bool restarts = false, int growth = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        Require.NotNegative(minimum, nameof(minimum));
        ArgumentOutOfRangeException.ThrowIfLessThan(growth, 1);
        (_steps, _minimum, _restarts, _growth) = (steps, minimum, restarts, growth);
    }

    /// <inheritdoc/>
    public override long? Length => _restarts ? null : _steps;

    /// <inheritdoc/>
    public override double Factor(long step)
    {
        long period = _steps;
        if (!_restarts)
        {
            step = Math.Min(step, period);
        }
        else if (_growth == 1)
        {
            step %= period;
        }
        else
        {
            while (step >= period)
            {
                step -= period;
                period *= _growth;
            }
        }

        return _minimum + ((1 - _minimum) * (1 + Math.Cos(Math.PI * step / period)) / 2);
    }
}
