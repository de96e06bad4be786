using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;

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
        BitConverter.ToSingle(BitConverter.GetBytes((Bits(b) & 0xFFFF0000) | (Bits(a) >> 16)), 0);

    public override Scalar Body(ImmutableArray<Scalar> x) => Scalar.Pair(x[0], x[1]);

    public override bool Carries(int operand) => false;

    public override Node? Partial(int operand, ImmutableArray<Node> x, Node y, GradientBuilder g) => null;

    private static uint Bits(double value) => BitConverter.ToUInt32(BitConverter.GetBytes((float)value), 0);
}
