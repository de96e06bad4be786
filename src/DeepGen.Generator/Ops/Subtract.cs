using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>y = a - b</summary>
internal sealed record Subtract : Elementwise, IIntervalRule
{
    public override string Name => "subtract";

    public override int Arity => 2;

    public override double Apply(double a, double b, double c) => a - b;

    public override Scalar Body(ImmutableArray<Scalar> x) => x[0] - x[1];

    public override Node? Partial(int operand, ImmutableArray<Node> x, Node y, GradientBuilder g) => g.Filled(operand == 0 ? 1 : -1, y);

    public ImmutableArray<Bounds> Bound(ImmutableArray<Bounds> x, BoundBuilder b) => b.Widen(
        b.Add(this, x[0].Lower, x[1].Upper),
        b.Add(this, x[0].Upper, x[1].Lower),
        b.Rounding.Unit);
}
