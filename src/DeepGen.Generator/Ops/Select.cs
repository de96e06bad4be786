using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>y = a ≠ 0 ? b : c</summary>
internal sealed record Select : Elementwise, IIntervalRule
{
    public override string Name => "select";

    public override int Arity => 3;

    public override double Apply(double a, double b, double c) => a != 0 ? b : c;

    public override Scalar Body(ImmutableArray<Scalar> x) => Scalar.Select(Scalar.Equal(x[0], 0f), x[2], x[1]);

    public override bool Carries(int operand) => operand > 0;

    public override Node? Partial(int operand, ImmutableArray<Node> x, Node y, GradientBuilder g) =>
        Chosen(x[0], operand, g.Filled(1, y), g);

    // What is not chosen is zero even where the other factor is infinite.
    public override Node? Pull(Node y, int operand, Node dy, GradientBuilder g) => Chosen(y.Inputs[0], operand, dy, g);

    public override Node? Push(Node y, ImmutableArray<Node?> dx, GradientBuilder g) => dx[1] is null && dx[2] is null
        ? null
        : g.Select(y.Inputs[0], dx[1] ?? g.Zero(y), dx[2] ?? g.Zero(y));

    private static Node Chosen(Node condition, int operand, Node value, GradientBuilder g) => operand == 1
        ? g.Select(condition, value, g.Zero(value))
        : g.Select(condition, g.Zero(value), value);

    public ImmutableArray<Bounds> Bound(ImmutableArray<Bounds> x, BoundBuilder b)
    {
        (Bounds condition, Bounds p, Bounds q) = (x[0], x[1], x[2]);
        if (condition.IsPoint)
        {
            return new Bounds(
                b.Select(condition.Lower, p.Lower, q.Lower),
                b.Select(condition.Lower, p.Upper, q.Upper));
        }

        Node zero = b.Filled(0, condition.Lower);
        Node surely = b.Max(b.Less(zero, condition.Lower), b.Less(condition.Upper, zero));
        Node maybe = b.Max(b.Less(condition.Lower, zero), b.Less(zero, condition.Upper));
        return new Bounds(
            b.Select(surely, p.Lower, b.Select(maybe, b.Min(p.Lower, q.Lower), q.Lower)),
            b.Select(surely, p.Upper, b.Select(maybe, b.Max(p.Upper, q.Upper), q.Upper)));
    }
}
