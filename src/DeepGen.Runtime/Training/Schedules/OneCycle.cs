namespace DeepGen;

/// <summary>
/// Up from 1/a to 1 within a share of the steps, then down to 1/(ab) at the last one (Smith and Topin 2018); with three phases down to 1/a as
/// fast as up, and the rest of the way after that. On each way the factor follows half a cosine, or a line.
/// </summary>
public sealed class OneCycle : Schedule
{
    private readonly long _steps;
    private readonly bool _linear;
    private readonly (double End, double Target)[] _phases;
    private readonly double _first;

    /// <param name="steps">How many steps there are.</param>
    /// <param name="rise">The share of them that goes up, greater than 0 and less than 1; less than a half with three phases.</param>
    /// <param name="startDivisor">a.</param>
    /// <param name="endDivisor">b.</param>
    /// <param name="threePhases">Whether the way down has two phases.</param>
    /// <param name="linear">Whether the ways are straight.</param>
    public OneCycle(long steps, double rise = 0.3, double startDivisor = 25, double endDivisor = 1e4, bool threePhases = false, bool linear = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 2);
        Require.Positive(startDivisor, nameof(startDivisor));
        Require.Positive(endDivisor, nameof(endDivisor));
        if (!(rise > 0 && rise < (threePhases ? 0.5 : 1)))
        {
            throw new ArgumentOutOfRangeException(nameof(rise), rise, $"the share that goes up must lie between 0 and {(threePhases ? "a half" : "1")}");
        }

        (_steps, _linear, _first) = (steps, linear, 1 / startDivisor);
        var top = (End: (rise * steps) - 1, 1.0);
        var end = (End: steps - 1.0, _first / endDivisor);
        _phases = threePhases ? [top, ((2 * rise * steps) - 2, _first), end] : [top, end];
    }

    /// <inheritdoc/>
    public override long? Length => _steps;

    /// <inheritdoc/>
    public override double Factor(long step)
    {
        var (start, value) = (0.0, _first);
        foreach (var (end, target) in _phases)
        {
            // With few steps the way up may have none at all.
            if (step <= end && start < end)
            {
                double share = (step - start) / (end - start);
                return _linear ? value + ((target - value) * share) : target + ((value - target) * (1 + Math.Cos(Math.PI * share)) / 2);
            }

            (start, value) = (end, target);
        }

        return value;
    }
}
