namespace DeepGen;

/// <summary>factor(t) = f.</summary>
public sealed class ConstantRate : Schedule
{
    private readonly double _factor;

    /// <param name="factor">f.</param>
    public ConstantRate(double factor = 1)
    {
        Require.NotNegative(factor, nameof(factor));
        _factor = factor;
    }

    /// <inheritdoc/>
    public override double Factor(long step) => _factor;
}
