using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>y = a Φ(a) = ½ a (1 + erf(a/√2))</summary>
internal sealed record Gelu : Elementwise, IIntervalRule
{
    public override string Name => "gelu";

    public override int Arity => 1;

    public override double Apply(double a, double b, double c) => 0.5 * a * (1 + Erf.Reference(a / Math.Sqrt(2)));

    public override Scalar Body(ImmutableArray<Scalar> x) => 0.5f * x[0] * (1f + Scalar.Erf(x[0] * 0.70710678f));

    /// <summary>Φ(a) + a φ(a), φ(a) = e^(-a²/2) / √(2π).</summary>
    public override Node? Partial(int operand, ImmutableArray<Node> x, Node y, GradientBuilder g)
    {
        Node area = g.Times(g.Plus(g.Add(new Erf(), g.Times(x[0], Math.Sqrt(0.5))), g.Filled(1, y)), 0.5);
        Node density = g.Times(g.Add(new Exp(), g.Times(g.Times(x[0], x[0]), -0.5)), 1 / Math.Sqrt(2 * Math.PI));
        return g.Plus(area, g.Times(x[0], density));
    }

    /// <summary>
    /// |ξ erf'(ξ)| ≤ 0.484, so the two units of error in a/√2 move erf by at most u, and f̂ lies within
    /// ½ |a| (Erf + 2 u) of f; the roundings of 1 + erf and of the product are relative.
    /// </summary>
    public ImmutableArray<Bounds> Bound(ImmutableArray<Bounds> x, BoundBuilder b) => b.Valley(
        this,
        x[0],
        bottom: -0.7517915,
        minimum: -0.1699712075,
        perSize: 0.5 * (b.Rounding.Erf + (2 * b.Rounding.Unit)),
        error: 3 * b.Rounding.Unit);
}
