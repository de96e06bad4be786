using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>y = a · sigmoid a</summary>
internal sealed record Silu : Elementwise, IIntervalRule
{
    public override string Name => "silu";

    public override int Arity => 1;

    public override double Apply(double a, double b, double c) => a / (1 + Math.Exp(-a));

    public override Scalar Body(ImmutableArray<Scalar> x) => x[0] * Scalar.Sigmoid(x[0]);

    /// <summary>With s = sigmoid a and y = a s: s + y (1 - s).</summary>
    public override Node? Partial(int operand, ImmutableArray<Node> x, Node y, GradientBuilder g)
    {
        Node s = g.Add(new Sigmoid(), x[0]);
        return g.Plus(s, g.Times(y, g.Minus(g.Filled(1, y), s)));
    }

    /// <summary>Sigmoid's error and the product's are relative, but for Sigmoid's floor, which |a| multiplies.</summary>
    public ImmutableArray<Bounds> Bound(ImmutableArray<Bounds> x, BoundBuilder b) => b.Valley(
        this,
        x[0],
        bottom: -1.2784645,
        minimum: -0.2784645428,
        perSize: 2 * b.Rounding.Floor,
        error: b.Rounding.Sigmoid + (2 * b.Rounding.Unit));
}
