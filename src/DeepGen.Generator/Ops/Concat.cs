using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>Any number of operands one after the other along Axis.</summary>
internal sealed record Concat(int Axis) : Linear, IIntervalRule
{
    public override string Name => "concat";

    public override string Attributes => FormattableString.Invariant($"axis={Axis}");

    public override ImmutableArray<TensorType> Infer(ImmutableArray<TensorType> inputs)
    {
        Typing.Require(inputs.Length > 0, this, "takes at least one operand");
        int total = 0;
        foreach (TensorType input in inputs)
        {
            total += Typing.ConstantAxis(this, input.Shape, Axis);
            bool fits = input.Element == inputs[0].Element
                && input.Shape.Without([Axis]).Equals(inputs[0].Shape.Without([Axis]));
            Typing.Require(fits, this, $"cannot join {inputs[0]} and {input} on axis {Attributes}");
        }

        return ImmutableArray.Create(inputs[0] with { Shape = inputs[0].Shape.With(Axis, total) });
    }

    public override ImmutableArray<DenseTensor> Evaluate(ImmutableArray<DenseTensor> inputs)
    {
        var shape = inputs[0].Shape.SetItem(Axis, inputs.Sum(x => x.Shape[Axis]));
        int[] strides = Indexing.Strides(shape);
        double[] values = new double[Indexing.Length(shape)];
        int start = 0;
        foreach (DenseTensor x in inputs)
        {
            Indexing.Place(x.Values, values, Indexing.Positions(x.Shape, start, strides));
            start += x.Shape[Axis] * strides[Axis];
        }

        return ImmutableArray.Create(new DenseTensor(shape, values));
    }

    public override Node? Pull(Node y, int operand, Node dy, GradientBuilder g) =>
        g.Slice(dy, Axis, y.Inputs.Take(operand).Sum(x => x.Shape[Axis].Value), y.Inputs[operand].Shape[Axis].Value);

    public ImmutableArray<Bounds> Bound(ImmutableArray<Bounds> x, BoundBuilder b) => b.Ends(this, x);
}
