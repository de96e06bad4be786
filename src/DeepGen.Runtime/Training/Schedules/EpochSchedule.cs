namespace DeepGen;

/// <summary>factor(step) = inner(⌊step / steps per epoch⌋).</summary>
internal sealed class EpochSchedule : Schedule
{
    private readonly Schedule _inner;
    private readonly long _stepsPerEpoch;

    public EpochSchedule(Schedule inner, long stepsPerEpoch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(stepsPerEpoch, 1);
        _inner = inner;
        _stepsPerEpoch = stepsPerEpoch;
    }

    public override long? Length => _inner.Length * _stepsPerEpoch;

    internal override IReadOnlyList<(string Name, double Value)> Scalars => _inner.Scalars;

    public override double Factor(long step) => _inner.Factor(step / _stepsPerEpoch);

    public override void Report(double value) => _inner.Report(value);

    internal override void SetScalar(string name, double value) => _inner.SetScalar(name, value);
}
