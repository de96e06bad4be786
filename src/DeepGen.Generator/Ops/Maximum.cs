using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>y = a &gt; b ? a : b, which is b where a is not a number: not commutative there.</summary>
internal sealed record Maximum : Elementwise, IIntervalRule
{
    public override string Name => "maximum";

    public override int Arity => 2;

    public override double Apply(double a, double b, double c) => a > b ? a : b;

    public override Scalar Body(ImmutableArray<Scalar> x) => Scalar.Max(x[0], x[1]);

    public override Node? Partial(int operand, ImmutableArray<Node> x, Node y, GradientBuilder g) => Tie.Partial(x, y, operand, g, g.LessOrEqual, g.Less);

    public ImmutableArray<Bounds> Bound(ImmutableArray<Bounds> x, BoundBuilder b) => b.Ends(this, x);
}
