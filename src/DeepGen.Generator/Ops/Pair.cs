using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Ops;

/// <summary>
/// Two numbers of bfloat16 in the place of one: a in the lower half of the bits, b in the upper. How weights are stored, so no
/// number that anything but a kernel with such weights can use.
/// </summary>
internal sealed record Pair : Elementwise
{
    public override string Name => "pair";

    public override int Arity => 2;

    public override double Apply(double a, double b, double c) =>
        FloatBits.ToFloat((FloatBits.Of((float)b) & 0xFFFF0000) | (FloatBits.Of((float)a) >> 16));

    public override Scalar Body(ImmutableArray<Scalar> x) => Scalar.Pair(x[0], x[1]);

    public override bool Carries(int operand) => false;

    public override Node? Partial(int operand, ImmutableArray<Node> x, Node y, GradientBuilder g) => null;
}
