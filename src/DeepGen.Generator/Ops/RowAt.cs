using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>Element number Time − 1 along Axis, which stays as an axis of one.</summary>
internal sealed record RowAt(int Axis, Size Time) : Primitive, IIntervalRule
{
    public override string Name => "row_at";

    public override string Attributes => FormattableString.Invariant($"axis={Axis} {Time}");

    public override ImmutableArray<TensorType> Infer(ImmutableArray<TensorType> inputs)
    {
        Shape source = Typing.Single(this, inputs);
        Typing.Axis(this, source, Axis);
        Typing.Require(!source[Axis].IsBatch && source[Axis].Value >= Time.Value, this, $"has no row {Time} in {source}");
        return ImmutableArray.Create(inputs[0] with { Shape = source.With(Axis, 1) });
    }

    public override Primitive Bind(IReadOnlyDictionary<string, int> sizes) => this with { Time = Time.Bind(sizes) };

    public override ImmutableArray<DenseTensor> Evaluate(ImmutableArray<DenseTensor> inputs)
    {
        DenseTensor x = inputs[0];
        int[] strides = Indexing.Strides(x.Shape);
        var shape = x.Shape.SetItem(Axis, 1);
        return ImmutableArray.Create(new DenseTensor(shape, Indexing.Pick(x.Values, Indexing.Positions(shape, (Time.Value - 1) * strides[Axis], strides))));
    }

    public ImmutableArray<Bounds> Bound(ImmutableArray<Bounds> x, BoundBuilder b) => b.Ends(this, x);
}
