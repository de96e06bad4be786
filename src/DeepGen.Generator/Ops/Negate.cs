using System.Collections.Immutable;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>y = -a</summary>
internal sealed record Negate : Elementwise
{
    public override string Name => "negate";

    public override int Arity => 1;

    public override double Apply(double a, double b, double c) => -a;

    public override Scalar Body(ImmutableArray<Scalar> x) => -x[0];
}
