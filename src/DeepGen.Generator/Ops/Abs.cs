using System.Collections.Immutable;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>y = |a|</summary>
internal sealed record Abs : Elementwise
{
    public override string Name => "abs";

    public override int Arity => 1;

    public override double Apply(double a, double b, double c) => Math.Abs(a);

    public override Scalar Body(ImmutableArray<Scalar> x) => Scalar.Abs(x[0]);
}
