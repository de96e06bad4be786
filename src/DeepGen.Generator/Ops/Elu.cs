using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Ops;

/// <summary>y = a for a &gt; 0, else Alpha (eᵃ - 1)</summary>
internal sealed record Elu(float Alpha) : Elementwise
{
    public override string Name => "elu";

    public override string Attributes => "alpha=" + FloatText.Of(Alpha);

    public override int Arity => 1;

    public override double Apply(double a, double b, double c) => a > 0 ? a : Alpha * (Math.Exp(a) - 1);

    // No branch: each half is zero on the other side. The variable comes second so that what is not a number stays so.
    public override Scalar Body(ImmutableArray<Scalar> x) =>
        Scalar.Max(0f, x[0]) + (Alpha * (Scalar.Exp(Scalar.Min(0f, x[0])) - 1f));
}
