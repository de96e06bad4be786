using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>y = L(x…), linear in all operands together: its own derivative. What is left to write is the transpose of L.</summary>
internal abstract record Linear : Primitive, IGradientRule
{
    public bool Carries(int operand) => true;

    /// <summary>L itself, where a constant is added to it.</summary>
    protected virtual Primitive Homogeneous => this;

    public abstract Node? Pull(Node y, int operand, Node dy, GradientBuilder g);

    public Node? Push(Node y, ImmutableArray<Node?> dx, GradientBuilder g) =>
        g.Add(Homogeneous, dx.Select((d, i) => d ?? g.Zero(y.Inputs[i])).ToArray());
}
