using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>y = eᵃ</summary>
internal sealed record Exp : Elementwise, IIntervalRule
{
    public override string Name => "exp";

    public override int Arity => 1;

    public override bool IsIncreasing => true;

    public override double Apply(double a, double b, double c) => Math.Exp(a);

    public override Scalar Body(ImmutableArray<Scalar> x) => Scalar.Exp(x[0]);

    public override Node? Partial(int operand, ImmutableArray<Node> x, Node y, GradientBuilder g) => y;

    public ImmutableArray<Bounds> Bound(ImmutableArray<Bounds> x, BoundBuilder b)
    {
        Bounds y = b.Increasing(this, x[0], b.Rounding.Exp, b.Rounding.Floor);
        return new Bounds(b.Max(y.Lower, b.Filled(0, y.Lower)), y.Upper);
    }
}
