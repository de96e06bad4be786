using System.Collections.Immutable;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>y = a · sigmoid a</summary>
internal sealed record Silu : Elementwise
{
    public override string Name => "silu";

    public override int Arity => 1;

    public override double Apply(double a, double b, double c) => a / (1 + Math.Exp(-a));

    public override Scalar Body(ImmutableArray<Scalar> x) => x[0] * Scalar.Sigmoid(x[0]);
}
