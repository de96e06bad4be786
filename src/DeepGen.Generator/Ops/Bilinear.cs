using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>y = L(a, b), linear in each operand while the other is held: dy = L(da, b) + L(a, db).</summary>
internal abstract record Bilinear : Primitive, IGradientRule
{
    public bool Carries(int operand) => true;

    public abstract Node? Pull(Node y, int operand, Node dy, GradientBuilder g);

    public Node? Push(Node y, ImmutableArray<Node?> dx, GradientBuilder g) => g.Total(
        dx[0] is { } da ? g.Add(this, da, y.Inputs[1]) : null,
        dx[1] is { } db ? g.Add(this, y.Inputs[0], db) : null);
}
