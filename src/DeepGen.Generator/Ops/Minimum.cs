using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>y = a &lt; b ? a : b, which is b where a is not a number: not commutative there.</summary>
internal sealed record Minimum : Elementwise, IIntervalRule
{
    public override string Name => "minimum";

    public override int Arity => 2;

    public override double Apply(double a, double b, double c) => a < b ? a : b;

    public override Scalar Body(ImmutableArray<Scalar> x) => Scalar.Min(x[0], x[1]);

    public override Node? Partial(int operand, ImmutableArray<Node> x, Node y, GradientBuilder g) =>
        Tie.Partial(x, y, operand, g, (a, b) => g.LessOrEqual(b, a), (a, b) => g.Less(b, a));

    public ImmutableArray<Bounds> Bound(ImmutableArray<Bounds> x, BoundBuilder b) => b.Ends(this, x);
}
