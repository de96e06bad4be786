using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>y = 1 / (1 + e⁻ᵃ)</summary>
internal sealed record Sigmoid : Elementwise, IIntervalRule
{
    public override string Name => "sigmoid";

    public override int Arity => 1;

    public override bool IsIncreasing => true;

    public override double Apply(double a, double b, double c) => 1 / (1 + Math.Exp(-a));

    public override Scalar Body(ImmutableArray<Scalar> x) => Scalar.Sigmoid(x[0]);

    public override Node? Partial(int operand, ImmutableArray<Node> x, Node y, GradientBuilder g) => g.Times(y, g.Minus(g.Filled(1, y), y));

    public ImmutableArray<Bounds> Bound(ImmutableArray<Bounds> x, BoundBuilder b)
    {
        Bounds y = b.Increasing(this, x[0], b.Rounding.Sigmoid, b.Rounding.Floor);
        return new Bounds(b.Max(y.Lower, b.Filled(0, y.Lower)), y.Upper);
    }
}
