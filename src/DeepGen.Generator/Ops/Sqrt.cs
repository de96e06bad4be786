using System.Collections.Immutable;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>y = √a; not a number below zero.</summary>
internal sealed record Sqrt : Elementwise
{
    public override string Name => "sqrt";

    public override int Arity => 1;

    public override double Apply(double a, double b, double c) => Math.Sqrt(a);

    public override Scalar Body(ImmutableArray<Scalar> x) => Scalar.Sqrt(x[0]);
}
