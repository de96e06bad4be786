using System.Collections.Immutable;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>y = a ≠ 0 ? b : c</summary>
internal sealed record Select : Elementwise
{
    public override string Name => "select";

    public override int Arity => 3;

    public override double Apply(double a, double b, double c) => a != 0 ? b : c;

    public override Scalar Body(ImmutableArray<Scalar> x) => Scalar.Select(Scalar.Equal(x[0], 0f), x[2], x[1]);
}
