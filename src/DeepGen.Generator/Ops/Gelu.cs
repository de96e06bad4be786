using System.Collections.Immutable;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>y = a Φ(a) = ½ a (1 + erf(a/√2))</summary>
internal sealed record Gelu : Elementwise
{
    public override string Name => "gelu";

    public override int Arity => 1;

    public override double Apply(double a, double b, double c) => 0.5 * a * (1 + Erf.Reference(a / Math.Sqrt(2)));

    public override Scalar Body(ImmutableArray<Scalar> x) => 0.5f * x[0] * (1f + Scalar.Erf(x[0] * 0.70710678f));
}
