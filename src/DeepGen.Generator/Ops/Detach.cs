using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>y = a, taken for a number that depends on nothing: its derivative is zero.</summary>
internal sealed record Detach : Elementwise, IIntervalRule
{
    public override string Name => "detach";

    public override int Arity => 1;

    public override double Apply(double a, double b, double c) => a;

    public override Scalar Body(ImmutableArray<Scalar> x) => x[0];

    public override bool Carries(int operand) => false;

    public override Node? Partial(int operand, ImmutableArray<Node> x, Node y, GradientBuilder g) => null;

    public ImmutableArray<Bounds> Bound(ImmutableArray<Bounds> x, BoundBuilder b) => b.Ends(this, x);
}
