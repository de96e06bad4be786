using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>y = ln a; not a number below zero.</summary>
internal sealed record Log : Elementwise, IIntervalRule
{
    public override string Name => "log";

    public override int Arity => 1;

    public override double Apply(double a, double b, double c) => Math.Log(a);

    public override Scalar Body(ImmutableArray<Scalar> x) => Scalar.Log(x[0]);

    public override Node? Partial(int operand, ImmutableArray<Node> x, Node y, GradientBuilder g) => g.Over(g.Filled(1, y), x[0]);

    public ImmutableArray<Bounds> Bound(ImmutableArray<Bounds> x, BoundBuilder b) =>
        b.Increasing(this, x[0], b.Rounding.Log, b.Rounding.Floor);
}
