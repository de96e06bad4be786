using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>y = ln(1 + eᵃ) = max(a, 0) + ln(1 + e^-|a|), whose exponential cannot overflow.</summary>
internal sealed record Softplus : Elementwise, IIntervalRule
{
    public override string Name => "softplus";

    public override int Arity => 1;

    public override bool IsIncreasing => true;

    public override double Apply(double a, double b, double c) =>
        a > 40 ? a : a < -40 ? Math.Exp(a) : Math.Log(1 + Math.Exp(a));

    public override Scalar Body(ImmutableArray<Scalar> x) =>
        Scalar.Max(0f, x[0]) + Scalar.Log(1f + Scalar.Exp(-Scalar.Abs(x[0])));

    public override Node? Partial(int operand, ImmutableArray<Node> x, Node y, GradientBuilder g) => g.Add(new Sigmoid(), x[0]);

    /// <summary>
    /// With e = exp(-|a|) ≤ 1: the error of Exp moves ln(1 + e) by at most Exp e / (1 + e) ≤ Exp / 2, rounding 1 + e by u, and
    /// Log adds Log ln 2. Their sum is below Exp + Log; the last addition adds a relative u.
    /// </summary>
    public ImmutableArray<Bounds> Bound(ImmutableArray<Bounds> x, BoundBuilder b) =>
        b.Increasing(this, x[0], b.Rounding.Unit, b.Rounding.Exp + b.Rounding.Log);
}
