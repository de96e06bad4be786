using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>The value of a size as a number: a mean over the batch is a sum divided by Extent(B).</summary>
internal sealed record Extent(Size Of) : Primitive, IGradientRule, IIntervalRule
{
    public override string Name => "extent";

    public override string Attributes => Of.ToString();

    public override ImmutableArray<TensorType> Infer(ImmutableArray<TensorType> inputs)
    {
        Typing.Arity(this, inputs, 0);
        return ImmutableArray.Create(TensorType.Float(Shape.Scalar));
    }

    public override Primitive Bind(IReadOnlyDictionary<string, int> sizes) => new Extent(Of.Bind(sizes));

    public override ImmutableArray<DenseTensor> Evaluate(ImmutableArray<DenseTensor> inputs) =>
        ImmutableArray.Create(new DenseTensor(ImmutableArray<int>.Empty, [Of.Value]));

    public bool Carries(int operand) => false;

    public Node? Pull(Node y, int operand, Node dy, GradientBuilder g) => null;

    public Node? Push(Node y, ImmutableArray<Node?> dx, GradientBuilder g) => null;

    // Sizes below 2²⁴ are floats.
    public ImmutableArray<Bounds> Bound(ImmutableArray<Bounds> x, BoundBuilder b) => new Bounds(b.Add(this));
}
