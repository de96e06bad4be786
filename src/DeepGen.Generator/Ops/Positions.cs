using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>0, 1, 2, …: the positions along an axis of some size, as numbers. Masks are comparisons of them.</summary>
internal sealed record Positions(Size Along) : Primitive, IGradientRule, IIntervalRule
{
    public override string Name => "positions";

    public override string Attributes => Along.ToString();

    public override ImmutableArray<TensorType> Infer(ImmutableArray<TensorType> inputs)
    {
        Typing.Arity(this, inputs, 0);
        return ImmutableArray.Create(TensorType.Float(Along));
    }

    public override Primitive Bind(IReadOnlyDictionary<string, int> sizes) => new Positions(Along.Bind(sizes));

    public override ImmutableArray<DenseTensor> Evaluate(ImmutableArray<DenseTensor> inputs) =>
        ImmutableArray.Create(new DenseTensor(ImmutableArray.Create(Along.Value), Enumerable.Range(0, Along.Value).Select(i => (double)i).ToArray()));

    public bool Carries(int operand) => false;

    public Node? Pull(Node y, int operand, Node dy, GradientBuilder g) => null;

    public Node? Push(Node y, ImmutableArray<Node?> dx, GradientBuilder g) => null;

    // Positions below 2²⁴ are floats.
    public ImmutableArray<Bounds> Bound(ImmutableArray<Bounds> x, BoundBuilder b) => new Bounds(b.Add(this));
}
