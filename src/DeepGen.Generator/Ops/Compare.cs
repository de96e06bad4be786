using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

internal enum Comparison
{
    Less,
    LessOrEqual,
    Equal,
}

/// <summary>y = 1 where a is less than (at most, equal to) b, else 0</summary>
internal sealed record Compare(Comparison Kind) : Elementwise, IIntervalRule
{
    public override string Name => "compare";

    public override string Attributes => Kind switch
    {
        Comparison.Less => "<",
        Comparison.LessOrEqual => "<=",
        _ => "==",
    };

    public override int Arity => 2;

    public override double Apply(double a, double b, double c) => Kind switch
    {
        Comparison.Less => a < b,
        Comparison.LessOrEqual => a <= b,
        _ => a == b,
    } ? 1 : 0;

    public override Scalar Body(ImmutableArray<Scalar> x) => Scalar.Select(
        Kind switch
        {
            Comparison.Less => Scalar.LessThan(x[0], x[1]),
            Comparison.LessOrEqual => Scalar.LessOrEqual(x[0], x[1]),
            _ => Scalar.Equal(x[0], x[1]),
        },
        1f,
        0f);

    public override bool Carries(int operand) => false;

    public override Node? Partial(int operand, ImmutableArray<Node> x, Node y, GradientBuilder g) => null;

    // 1 from below where it surely holds, 0 from above where it surely does not.
    public ImmutableArray<Bounds> Bound(ImmutableArray<Bounds> x, BoundBuilder b)
    {
        (Bounds p, Bounds q) = (x[0], x[1]);
        return Kind == Comparison.Equal
            ? new Bounds(
                b.Min(b.LessOrEqual(p.Upper, q.Lower), b.LessOrEqual(q.Upper, p.Lower)),
                b.Min(b.LessOrEqual(p.Lower, q.Upper), b.LessOrEqual(q.Lower, p.Upper)))
            : new Bounds(b.Add(this, p.Upper, q.Lower), b.Add(this, p.Lower, q.Upper));
    }
}
