using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Ops;

/// <summary>y = a rounded to bfloat16, the upper half of a float32: to the nearest, of two to the even one.</summary>
internal sealed record Narrow : Elementwise, IIntervalRule
{
    public override string Name => "narrow";

    public override int Arity => 1;

    /// <summary>Whether every number of a value is one that bfloat16 has.</summary>
    public static bool Holds(Node node) => node.Op switch
    {
        Narrow => true,
        Parameter parameter => parameter.IsNarrow,
        Transpose or Reshape or Reverse or Slice => Holds(node.Inputs[0]),
        Item item => item.Index >= ((Repeat)node.Inputs[0].Op).Carried && Holds(((Repeat)node.Inputs[0].Op).Body.Outputs[item.Index].Node),
        _ => false,
    };

    public override double Apply(double a, double b, double c)
    {
        if (double.IsNaN(a))
        {
            return a;
        }

        uint bits = FloatBits.Of((float)a);
        return FloatBits.ToFloat((bits + 0x7FFF + ((bits >> 16) & 1)) & 0xFFFF0000);
    }

    public override Scalar Body(ImmutableArray<Scalar> x) => Scalar.Narrow(x[0]);

    // The step to a number that can be stored stands for rounding, which no derivative should see.
    public override Node? Partial(int operand, ImmutableArray<Node> x, Node y, GradientBuilder g) => g.Filled(1, y);

    public ImmutableArray<Bounds> Bound(ImmutableArray<Bounds> x, BoundBuilder b) => b.Ends(this, x);
}
