using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>The elements along one axis in the opposite order.</summary>
internal sealed record Reverse(int Axis) : Linear, IIntervalRule
{
    public override string Name => "reverse";

    public override string Attributes => FormattableString.Invariant($"axis={Axis}");

    public override ImmutableArray<TensorType> Infer(ImmutableArray<TensorType> inputs)
    {
        Typing.Axis(this, Typing.Single(this, inputs), Axis);
        return inputs;
    }

    public override ImmutableArray<DenseTensor> Evaluate(ImmutableArray<DenseTensor> inputs)
    {
        DenseTensor x = inputs[0];
        int[] strides = Indexing.Strides(x.Shape);
        int start = (x.Shape[Axis] - 1) * strides[Axis];
        strides[Axis] = -strides[Axis];
        return ImmutableArray.Create(new DenseTensor(x.Shape, Indexing.Pick(x.Values, Indexing.Positions(x.Shape, start, strides))));
    }

    public override Node? Pull(Node y, int operand, Node dy, GradientBuilder g) => g.Reverse(dy, Axis);

    public ImmutableArray<Bounds> Bound(ImmutableArray<Bounds> x, BoundBuilder b) => b.Ends(this, x);
}
