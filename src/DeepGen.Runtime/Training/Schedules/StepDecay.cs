namespace DeepGen;

/// <summary>factor(t) = γ^⌊t / n⌋.</summary>
public sealed class StepDecay : Schedule
{
    private readonly long _every;
    private readonly double _gamma;

    /// <param name="every">n, the steps between two changes.</param>
    /// <param name="gamma">γ.</param>
    public StepDecay(long every, double gamma = 0.1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        Require.NotNegative(gamma, nameof(gamma));
        (_every, _gamma) = (every, gamma);
    }

    /// <inheritdoc/>
    public override double Factor(long step) => Math.Pow(_gamma, step / _every);
}
