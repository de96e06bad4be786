using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>
/// The rows of a sequence so far: those remembered of it, and the one that has come now, which is number Time − 1 along Axis.
/// Compiled code puts it where the others lie, so that it is remembered the next time.
/// </summary>
internal sealed record Remember(int Axis, Size Time) : Primitive, IIntervalRule
{
    public override string Name => "remember";

    public override string Attributes => FormattableString.Invariant($"axis={Axis} {Time}");

    public override ImmutableArray<TensorType> Infer(ImmutableArray<TensorType> inputs)
    {
        Typing.Arity(this, inputs, 2);
        (Shape past, Shape row) = (inputs[0].Shape, inputs[1].Shape);
        Typing.Axis(this, row, Axis);
        bool fits = row[Axis] == 1 && past.Rank == row.Rank && past[Axis].IsConstant && past[Axis].Value >= Time.Value && past.With(Axis, 1).Equals(row);
        Typing.Require(fits, this, $"cannot add {row} to {past}");
        return ImmutableArray.Create(inputs[1] with { Shape = row.With(Axis, Time) });
    }

    public override Primitive Bind(IReadOnlyDictionary<string, int> sizes) => this with { Time = Time.Bind(sizes) };

    public override ImmutableArray<DenseTensor> Evaluate(ImmutableArray<DenseTensor> inputs)
    {
        (DenseTensor past, DenseTensor row) = (inputs[0], inputs[1]);
        var shape = row.Shape.SetItem(Axis, Time.Value);
        int[] strides = Indexing.Strides(shape);
        double[] values = Indexing.Pick(past.Values, Indexing.Positions(shape, 0, Indexing.Strides(past.Shape)));
        Indexing.Place(row.Values, values, Indexing.Positions(row.Shape, (Time.Value - 1) * strides[Axis], strides));
        return ImmutableArray.Create(new DenseTensor(shape, values));
    }

    public ImmutableArray<Bounds> Bound(ImmutableArray<Bounds> x, BoundBuilder b) => b.Ends(this, x);
}
