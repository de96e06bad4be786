using System.Collections.Immutable;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

internal enum Comparison
{
    Less,
    LessOrEqual,
    Equal,
}

/// <summary>y = 1 where a is less than (at most, equal to) b, else 0</summary>
internal sealed record Compare(Comparison Kind) : Elementwise
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
}
