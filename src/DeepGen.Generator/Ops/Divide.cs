using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>y = a / b</summary>
internal sealed record Divide : Elementwise, IIntervalRule
{
    public override string Name => "divide";

    public override int Arity => 2;

    public override double Apply(double a, double b, double c) => a / b;

    public override Scalar Body(ImmutableArray<Scalar> x) => x[0] / x[1];

    public override Node? Partial(int operand, ImmutableArray<Node> x, Node y, GradientBuilder g) =>
        operand == 0 ? g.Over(g.Filled(1, y), x[1]) : g.Negate(g.Over(y, x[1]));

    public ImmutableArray<Bounds> Bound(ImmutableArray<Bounds> x, BoundBuilder b)
    {
        Bounds y = b.Corners(this, x[0], x[1]);
        if (BoundBuilder.Uniform(x[1]) is { } divisor && divisor != 0)
        {
            return y;
        }

        Node zero = b.Filled(0, y.Lower);
        Node awayFromZero = b.Max(b.Less(zero, x[1].Lower), b.Less(x[1].Upper, zero));
        return new Bounds(
            b.Select(awayFromZero, y.Lower, b.Filled(double.NegativeInfinity, zero)),
            b.Select(awayFromZero, y.Upper, b.Filled(double.PositiveInfinity, zero)));
    }
}
