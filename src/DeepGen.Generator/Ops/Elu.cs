using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Ops;

/// <summary>y = a for a &gt; 0, else Alpha (eᵃ - 1)</summary>
internal sealed record Elu(float Alpha) : Elementwise, IIntervalRule
{
    public override string Name => "elu";

    public override string Attributes => "alpha=" + FloatText.Of(Alpha);

    public override int Arity => 1;

    public override bool IsIncreasing => Alpha >= 0;

    public override double Apply(double a, double b, double c) => a > 0 ? a : Alpha * (Math.Exp(a) - 1);

    // No branch: each half is zero on the other side. The variable comes second so that what is not a number stays so.
    public override Scalar Body(ImmutableArray<Scalar> x)
    {
        Scalar negative = Scalar.Exp(Scalar.Min(0f, x[0])) - 1f;
        return Scalar.Max(0f, x[0]) + (Alpha == 1 ? negative : Alpha * negative);
    }

    // Below zero Alpha eᵃ = y + Alpha.
    public override Node? Partial(int operand, ImmutableArray<Node> x, Node y, GradientBuilder g) =>
        g.Select(g.Less(g.Zero(y), x[0]), g.Filled(1, y), g.Plus(y, g.Filled(Alpha, y)));

    /// <summary>
    /// Exp of at most 0 is at most 1, so eᵃ - 1 is known to within Exp + u, and times Alpha relative u besides. A negative
    /// Alpha makes a valley at 0; max(a, 0) and Alpha elu(min(a, 0)) bound it one by one.
    /// </summary>
    public ImmutableArray<Bounds> Bound(ImmutableArray<Bounds> x, BoundBuilder b)
    {
        Rounding r = b.Rounding;
        if (Alpha >= 0)
        {
            return b.Increasing(this, x[0], 2 * r.Unit, Alpha * (r.Exp + (2 * r.Unit)) + r.Smallest);
        }

        var zero = new Bounds(b.Filled(0, x[0].Lower));
        var alpha = new Bounds(b.Filled(Alpha, x[0].Lower));
        Bounds negative = b.Apply(new Multiply(), b.Apply(new Elu(1), b.Apply(new Minimum(), x[0], zero)), alpha);
        return b.Apply(new Add(), b.Apply(new Maximum(), x[0], zero), negative);
    }
}
