using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>y = tanh a</summary>
internal sealed record Tanh : Elementwise, IIntervalRule
{
    public override string Name => "tanh";

    public override int Arity => 1;

    public override bool IsIncreasing => true;

    public override double Apply(double a, double b, double c) => Math.Tanh(a);

    public override Scalar Body(ImmutableArray<Scalar> x) => Scalar.Tanh(x[0]);

    public override Node? Partial(int operand, ImmutableArray<Node> x, Node y, GradientBuilder g) => g.Minus(g.Filled(1, y), g.Times(y, y));

    public ImmutableArray<Bounds> Bound(ImmutableArray<Bounds> x, BoundBuilder b) =>
        b.Increasing(this, x[0], b.Rounding.Tanh, b.Rounding.Floor);
}
