using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>y = |a|</summary>
internal sealed record Abs : Elementwise, IIntervalRule
{
    public override string Name => "abs";

    public override int Arity => 1;

    public override double Apply(double a, double b, double c) => Math.Abs(a);

    public override Scalar Body(ImmutableArray<Scalar> x) => Scalar.Abs(x[0]);

    public ImmutableArray<Bounds> Bound(ImmutableArray<Bounds> x, BoundBuilder b)
    {
        Node reflected = b.Negate(x[0].Lower);
        Node away = b.Max(x[0].Lower, b.Negate(x[0].Upper));
        return new Bounds(b.Max(away, b.Filled(0, away)), b.Max(x[0].Upper, reflected));
    }
}
