using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>y = erf a = 2/√π ∫₀ᵃ e^(-t²) dt</summary>
internal sealed record Erf : Elementwise, IIntervalRule
{
    public override string Name => "erf";

    public override int Arity => 1;

    public override bool IsIncreasing => true;

    /// <summary>
    /// Near zero the series 2/√π e^(-a²) Σ 2ⁿ a²ⁿ⁺¹ / (1·3·…·(2n+1)), whose terms are positive, so nothing cancels; far
    /// out 1 - erfc a by the continued fraction of erfc, from the inside outwards. Both are exact to a few ulps.
    /// </summary>
    public static double Reference(double a)
    {
        double x = Math.Abs(a);
        if (double.IsNaN(x))
        {
            return x;
        }

        if (x > 6)
        {
            return Math.Sign(a);
        }

        double value;
        if (x < 2.5)
        {
            double term = x, sum = x;
            for (int n = 1; term > 1e-18 * sum; n++)
            {
                term *= 2 * x * x / ((2 * n) + 1);
                sum += term;
            }

            value = 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
        }
        else
        {
            double fraction = x;
            for (int n = 120; n >= 1; n--)
            {
                fraction = x + (n / 2.0 / fraction);
            }

            value = 1 - (Math.Exp(-x * x) / Math.Sqrt(Math.PI) / fraction);
        }

        return a < 0 ? -value : value;
    }

    public override double Apply(double a, double b, double c) => Reference(a);

    public override Scalar Body(ImmutableArray<Scalar> x) => Scalar.Erf(x[0]);

    public override Node? Partial(int operand, ImmutableArray<Node> x, Node y, GradientBuilder g) =>
        g.Times(g.Add(new Exp(), g.Negate(g.Times(x[0], x[0]))), 2 / Math.Sqrt(Math.PI));

    public ImmutableArray<Bounds> Bound(ImmutableArray<Bounds> x, BoundBuilder b) =>
        b.Increasing(this, x[0], b.Rounding.Erf, b.Rounding.Floor);
}
