using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>y = a · b</summary>
internal sealed record Multiply : Elementwise, IIntervalRule
{
    public override string Name => "multiply";

    public override int Arity => 2;

    public override double Apply(double a, double b, double c) => a * b;

    public override Scalar Body(ImmutableArray<Scalar> x) => x[0] * x[1];

    public override Node? Partial(int operand, ImmutableArray<Node> x, Node y, GradientBuilder g) => x[1 - operand];

    public ImmutableArray<Bounds> Bound(ImmutableArray<Bounds> x, BoundBuilder b)
    {
        if (ReferenceEquals(x[0], x[1]))
        {
            return Square(x[0], b);
        }

        return BoundBuilder.Uniform(x[1]) is { } factor ? Scaled(x[0], x[1], factor, b)
            : BoundBuilder.Uniform(x[0]) is { } other ? Scaled(x[1], x[0], other, b)
            : b.Corners(this, x[0], x[1]);
    }

    private Bounds Scaled(Bounds x, Bounds factor, float value, BoundBuilder b)
    {
        Node atLower = b.Add(this, x.Lower, factor.Lower);
        Node atUpper = b.Add(this, x.Upper, factor.Lower);
        return value >= 0
            ? b.Widen(atLower, atUpper, b.Rounding.Unit, b.Rounding.Smallest)
            : b.Widen(atUpper, atLower, b.Rounding.Unit, b.Rounding.Smallest);
    }

    private Bounds Square(Bounds x, BoundBuilder b)
    {
        Bounds size = b.Apply(new Abs(), x);
        Bounds y = b.Widen(
            b.Add(this, size.Lower, size.Lower),
            b.Add(this, size.Upper, size.Upper),
            b.Rounding.Unit,
            b.Rounding.Smallest);
        return new Bounds(b.Max(y.Lower, b.Filled(0, y.Lower)), y.Upper);
    }
}
