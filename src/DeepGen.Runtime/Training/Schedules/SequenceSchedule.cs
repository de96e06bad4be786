namespace DeepGen;

/// <summary>factor(step) = first(step) before the change, next(step - change) from then on. Both are told what is reported.</summary>
internal sealed class SequenceSchedule : Schedule
{
    private const string First = "first.";
    private const string Next = "next.";

    private readonly Schedule _first;
    private readonly long _change;
    private readonly Schedule _next;

    public SequenceSchedule(Schedule first, long change, Schedule next)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(change);
        ArgumentNullException.ThrowIfNull(next);
        (_first, _change, _next) = (first, change, next);
    }

    public override long? Length => _change + _next.Length;

    internal override IReadOnlyList<(string Name, double Value)> Scalars =>
        [.. _first.Scalars.Select(s => (First + s.Name, s.Value)), .. _next.Scalars.Select(s => (Next + s.Name, s.Value))];

    public override double Factor(long step) => step < _change ? _first.Factor(step) : _next.Factor(step - _change);

    public override void Report(double value)
    {
        _first.Report(value);
        _next.Report(value);
    }

    internal override void SetScalar(string name, double value)
    {
        if (name.StartsWith(First, StringComparison.Ordinal))
        {
            _first.SetScalar(name[First.Length..], value);
        }
        else if (name.StartsWith(Next, StringComparison.Ordinal))
        {
            _next.SetScalar(name[Next.Length..], value);
        }
        else
        {
            base.SetScalar(name, value);
        }
    }
}
