namespace DeepGen;

/// <summary>factor(t) = γ^(how many milestones are not after t).</summary>
public sealed class MultiStep : Schedule
{
    private readonly long[] _milestones;
    private readonly double _gamma;

    /// <param name="milestones">The steps at which the factor changes, in any order; the same one twice changes it twice.</param>
    /// <param name="gamma">γ.</param>
    public MultiStep(IEnumerable<long> milestones, double gamma = 0.1)
    {
        ArgumentNullException.ThrowIfNull(milestones);
        Require.NotNegative(gamma, nameof(gamma));
        _milestones = [.. milestones];
        foreach (long milestone in _milestones)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(milestone, nameof(milestones));
        }

        _gamma = gamma;
    }

    /// <inheritdoc/>
    public override double Factor(long step)
    {
        int passed = 0;
        foreach (long milestone in _milestones)
        {
            passed += milestone <= step ? 1 : 0;
        }

        return Math.Pow(_gamma, passed);
    }
}
