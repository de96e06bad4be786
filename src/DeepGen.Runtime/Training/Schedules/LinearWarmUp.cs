namespace DeepGen;

/// <summary>factor(t) = s + (1 - s) · t/n until t = n, then 1.</summary>
public sealed class LinearWarmUp : Schedule
{
    private readonly long _steps;
    private readonly double _start;

    /// <param name="steps">n.</param>
    /// <param name="start">s.</param>
    public LinearWarmUp(long steps, double start = 1.0 / 3)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        Require.NotNegative(start, nameof(start));
        (_steps, _start) = (steps, start);
    }

    /// <inheritdoc/>
    public override long? Length => _steps;

    /// <inheritdoc/>
    public override double Factor(long step) => _start + ((1 - _start) * Math.Min(step, _steps) / _steps);
}
