using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>y = |a|</summary>
internal sealed record Abs : Elementwise, IIntervalRule
{
    public override string Name => "abs";

    public override int Arity => 1;

    public override double Apply(double a, double b, double c) => Math.Abs(a);

    public override Scalar Body(ImmutableArray<Scalar> x) => Scalar.Abs(x[0]);

    public override Node? Partial(int operand, ImmutableArray<Node> x, Node y, GradientBuilder g) => g.Minus(g.Less(g.Zero(y), x[0]), g.Less(x[0], g.Zero(y)));

    public ImmutableArray<Bounds> Bound(ImmutableArray<Bounds> x, BoundBuilder b)
    {
        Node reflected = b.Negate(x[0].Lower);
        Node away = b.Max(x[0].Lower, b.Negate(x[0].Upper));
        return new Bounds(b.Max(away, b.Filled(0, away)), b.Max(x[0].Upper, reflected));
    }
}
