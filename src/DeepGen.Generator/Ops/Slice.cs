using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>Elements Start, Start + Step, … along one axis, Length of them.</summary>
internal sealed record Slice(int Axis, int Start, int Length, int Step) : Primitive, IIntervalRule
{
    public override string Name => "slice";

    public override string Attributes => FormattableString.Invariant($"axis={Axis} start={Start} length={Length} step={Step}");

    public override ImmutableArray<TensorType> Infer(ImmutableArray<TensorType> inputs)
    {
        Shape source = Typing.Single(this, inputs);
        int size = Typing.ConstantAxis(this, source, Axis);
        bool inside = Start >= 0 && Length >= 1 && Step >= 1 && Start + ((Length - 1L) * Step) < size;
        Typing.Require(inside, this, $"({Attributes}) reaches outside {source}");
        return ImmutableArray.Create(inputs[0] with { Shape = source.With(Axis, Length) });
    }

    public override ImmutableArray<DenseTensor> Evaluate(ImmutableArray<DenseTensor> inputs)
    {
        DenseTensor x = inputs[0];
        int[] strides = Indexing.Strides(x.Shape);
        int start = Start * strides[Axis];
        strides[Axis] *= Step;
        var shape = x.Shape.SetItem(Axis, Length);
        return ImmutableArray.Create(new DenseTensor(shape, Indexing.Pick(x.Values, Indexing.Positions(shape, start, strides))));
    }

    public ImmutableArray<Bounds> Bound(ImmutableArray<Bounds> x, BoundBuilder b) => b.Ends(this, x);
}
