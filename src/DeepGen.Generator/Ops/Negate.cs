using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>y = -a</summary>
internal sealed record Negate : Elementwise, IIntervalRule
{
    public override string Name => "negate";

    public override int Arity => 1;

    public override double Apply(double a, double b, double c) => -a;

    public override Scalar Body(ImmutableArray<Scalar> x) => -x[0];

    public override Node? Partial(int operand, ImmutableArray<Node> x, Node y, GradientBuilder g) => g.Filled(-1, y);

    public ImmutableArray<Bounds> Bound(ImmutableArray<Bounds> x, BoundBuilder b) =>
        new Bounds(b.Negate(x[0].Upper), b.Negate(x[0].Lower));
}
