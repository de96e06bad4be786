using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Ops;

internal enum Side
{
    Below,
    Above,
}

/// <summary>
/// y = a ∓ (Relative |a| + Absolute): steps from a computed number to one that is surely below (above) the number meant.
/// Where a is not a number or overflowed to the other side, so that nothing is known, it goes to the infinity of its side.
/// </summary>
internal sealed record Outward(Side Side, float Relative, float Absolute) : Elementwise, IIntervalRule
{
    public override string Name => Side == Side.Below ? "below" : "above";

    public override string Attributes => "relative=" + FloatText.Of(Relative) + " absolute=" + FloatText.Of(Absolute);

    public override int Arity => 1;

    public override double Apply(double a, double b, double c)
    {
        double y = Side == Side.Below ? a - (Relative * Math.Abs(a)) - Absolute : a + (Relative * Math.Abs(a)) + Absolute;
        return !double.IsNaN(y) ? y : Side == Side.Below ? double.NegativeInfinity : double.PositiveInfinity;
    }

    // ∞ - ∞ is not a number, and Max(x, -∞) and Min(x, ∞) return their second operand there.
    public override Scalar Body(ImmutableArray<Scalar> x)
    {
        Scalar scaled = Scalar.Fma(Scalar.Abs(x[0]), Side == Side.Below ? -Relative : Relative, x[0]);
        Scalar shifted = Absolute == 0 ? scaled : Side == Side.Below ? scaled - Absolute : scaled + Absolute;
        return Side == Side.Below
            ? Scalar.Max(shifted, float.NegativeInfinity)
            : Scalar.Min(shifted, float.PositiveInfinity);
    }

    // The step outward stands for rounding, which no derivative should see.
    public override Node? Partial(int operand, ImmutableArray<Node> x, Node y, GradientBuilder g) => g.Filled(1, y);

    public ImmutableArray<Bounds> Bound(ImmutableArray<Bounds> x, BoundBuilder b) => b.Increasing(this, x[0], 3 * b.Rounding.Unit, b.Rounding.Smallest);
}
