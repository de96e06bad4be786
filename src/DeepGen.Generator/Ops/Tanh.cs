using System.Collections.Immutable;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>y = tanh a</summary>
internal sealed record Tanh : Elementwise
{
    public override string Name => "tanh";

    public override int Arity => 1;

    public override double Apply(double a, double b, double c) => Math.Tanh(a);

    public override Scalar Body(ImmutableArray<Scalar> x) => Scalar.Tanh(x[0]);
}
