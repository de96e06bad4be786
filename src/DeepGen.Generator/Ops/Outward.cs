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
/// Where it cannot tell (a is not a number) the step goes to the infinity of its side.
/// </summary>
internal sealed record Outward(Side Side, float Relative, float Absolute) : Elementwise, IIntervalRule
{
    public override string Name => Side == Side.Below ? "below" : "above";

    public override string Attributes => "relative=" + FloatText.Of(Relative) + " absolute=" + FloatText.Of(Absolute);

    public override int Arity => 1;

    // The other infinity is brought back to the largest finite number first, since ∞ - ∞ would say nothing.
    public override double Apply(double a, double b, double c)
    {
        double y = Side == Side.Below
            ? Math.Min(a, float.MaxValue) - (Relative * Math.Abs(Math.Min(a, float.MaxValue))) - Absolute
            : Math.Max(a, -float.MaxValue) + (Relative * Math.Abs(Math.Max(a, -float.MaxValue))) + Absolute;
        return !double.IsNaN(y) ? y : Side == Side.Below ? double.NegativeInfinity : double.PositiveInfinity;
    }

    // Max(x, -∞) and Min(x, ∞) return their second operand where x is not a number.
    public override Scalar Body(ImmutableArray<Scalar> x)
    {
        if (Side == Side.Below)
        {
            Scalar finite = Scalar.Min(float.MaxValue, x[0]);
            return Scalar.Max(Scalar.Fma(Scalar.Abs(finite), -Relative, finite) - Absolute, float.NegativeInfinity);
        }
        else
        {
            Scalar finite = Scalar.Max(-float.MaxValue, x[0]);
            return Scalar.Min(Scalar.Fma(Scalar.Abs(finite), Relative, finite) + Absolute, float.PositiveInfinity);
        }
    }

    public ImmutableArray<Bounds> Bound(ImmutableArray<Bounds> x, BoundBuilder b) => b.Increasing(this, x[0], 3 * b.Rounding.Unit, b.Rounding.Smallest);
}
