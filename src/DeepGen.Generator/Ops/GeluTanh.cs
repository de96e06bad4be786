using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>
/// y = ½ a (1 + tanh t), t = √(2/π) (a + 0.044715 a³). The body uses ½ (1 + tanh t) = sigmoid 2t, which loses nothing where
/// tanh is near -1.
/// </summary>
internal sealed record GeluTanh : Elementwise, IIntervalRule
{
    public override string Name => "gelu_tanh";

    public override int Arity => 1;

    public override double Apply(double a, double b, double c) =>
        0.5 * a * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (a + (0.044715 * a * a * a))));

    public override Scalar Body(ImmutableArray<Scalar> x) =>
        x[0] * Scalar.Sigmoid(x[0] * Scalar.Fma(x[0] * x[0], 0.07135481f, 1.5957691f));

    /// <summary>With s = sigmoid 2t and y = a s: s + y (1 - s) (2t)'.</summary>
    public override Node? Partial(int operand, ImmutableArray<Node> x, Node y, GradientBuilder g)
    {
        (double cube, double line) = (2 * 0.044715 * Math.Sqrt(2 / Math.PI), 2 * Math.Sqrt(2 / Math.PI));
        Node square = g.Times(x[0], x[0]);
        Node s = g.Add(new Sigmoid(), g.Times(x[0], g.Plus(g.Times(square, cube), g.Filled(line, y))));
        Node slope = g.Plus(g.Times(square, 3 * cube), g.Filled(line, y));
        return g.Plus(s, g.Times(g.Times(y, g.Minus(g.Filled(1, y), s)), slope));
    }

    /// <summary>
    /// The argument s of the sigmoid is a product of sums of positive terms, at most six units off; |ξ sigmoid'(ξ)| ≤ 0.224
    /// makes that 1.35 u of the factor of a. Sigmoid's own error and the product's are relative.
    /// </summary>
    public ImmutableArray<Bounds> Bound(ImmutableArray<Bounds> x, BoundBuilder b) => b.Valley(
        this,
        x[0],
        bottom: -0.7524614,
        minimum: -0.1700407506,
        perSize: 2 * b.Rounding.Unit,
        error: b.Rounding.Sigmoid + (2 * b.Rounding.Unit));
}
