using System.Collections.Immutable;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>y = eᵃ</summary>
internal sealed record Exp : Elementwise
{
    public override string Name => "exp";

    public override int Arity => 1;

    public override double Apply(double a, double b, double c) => Math.Exp(a);

    public override Scalar Body(ImmutableArray<Scalar> x) => Scalar.Exp(x[0]);
}
