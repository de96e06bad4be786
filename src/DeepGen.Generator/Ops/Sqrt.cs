using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>y = √a; not a number below zero.</summary>
internal sealed record Sqrt : Elementwise, IIntervalRule
{
    public override string Name => "sqrt";

    public override int Arity => 1;

    public override double Apply(double a, double b, double c) => Math.Sqrt(a);

    public override Scalar Body(ImmutableArray<Scalar> x) => Scalar.Sqrt(x[0]);

    public override Node? Partial(int operand, ImmutableArray<Node> x, Node y, GradientBuilder g) => g.Over(g.Filled(0.5, y), y);

    // Below zero there are no numbers to bound.
    public ImmutableArray<Bounds> Bound(ImmutableArray<Bounds> x, BoundBuilder b)
    {
        Node zero = b.Filled(0, x[0].Lower);
        var domain = new Bounds(b.Max(x[0].Lower, zero), b.Max(x[0].Upper, zero));
        return b.Increasing(this, domain, b.Rounding.Unit);
    }
}
