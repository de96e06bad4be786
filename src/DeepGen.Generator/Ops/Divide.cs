using System.Collections.Immutable;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>y = a / b</summary>
internal sealed record Divide : Elementwise
{
    public override string Name => "divide";

    public override int Arity => 2;

    public override double Apply(double a, double b, double c) => a / b;

    public override Scalar Body(ImmutableArray<Scalar> x) => x[0] / x[1];
}
