using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Ops;

/// <summary>The operand with Before[a] and After[a] elements of Value added at the ends of each axis a.</summary>
internal sealed record Pad(EquatableArray<int> Before, EquatableArray<int> After, float Value) : Linear, IIntervalRule
{
    public override string Name => "pad";

    public override string Attributes => FormattableString.Invariant(
        $"before={string.Join(",", Before)} after={string.Join(",", After)} value={FloatText.Of(Value)}");

    public override ImmutableArray<TensorType> Infer(ImmutableArray<TensorType> inputs)
    {
        Typing.Floats(this, inputs);
        Shape source = Typing.Single(this, inputs);
        Typing.Require(Before.Count == source.Rank && After.Count == source.Rank, this, $"needs two widths for each axis of {source}");
        Shape target = source;
        for (int axis = 0; axis < source.Rank; axis++)
        {
            Typing.Require(Before[axis] >= 0 && After[axis] >= 0, this, "cannot remove elements");
            if (Before[axis] + After[axis] > 0)
            {
                Typing.Require(!source[axis].IsBatch, this, $"cannot add samples to {source}");
                target = target.With(axis, source[axis] + (Before[axis] + After[axis]));
            }
        }

        return ImmutableArray.Create(inputs[0] with { Shape = target });
    }

    public override ImmutableArray<DenseTensor> Evaluate(ImmutableArray<DenseTensor> inputs)
    {
        DenseTensor x = inputs[0];
        var shape = x.Shape.Select((s, axis) => Before[axis] + s + After[axis]).ToImmutableArray();
        int[] strides = Indexing.Strides(shape);
        double[] values = new double[Indexing.Length(shape)];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Value;
        }

        int start = Before.Select((b, axis) => b * strides[axis]).Sum();
        Indexing.Place(x.Values, values, Indexing.Positions(x.Shape, start, strides));
        return ImmutableArray.Create(new DenseTensor(shape, values));
    }

    protected override Primitive Homogeneous => this with { Value = 0 };

    public override Node? Pull(Node y, int operand, Node dy, GradientBuilder g)
    {
        for (int axis = 0; axis < Before.Count; axis++)
        {
            if (Before[axis] + After[axis] > 0)
            {
                dy = g.Slice(dy, axis, Before[axis], y.Inputs[0].Shape[axis]);
            }
        }

        return dy;
    }

    public ImmutableArray<Bounds> Bound(ImmutableArray<Bounds> x, BoundBuilder b) => b.Ends(this, x);
}
