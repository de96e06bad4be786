using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>Elements Start, Start + Step, … along one axis, Length of them.</summary>
internal sealed record Slice(int Axis, int Start, Size Length, int Step) : Linear, IIntervalRule
{
    public override string Name => "slice";

    public override string Attributes => FormattableString.Invariant($"axis={Axis} start={Start} length={Length} step={Step}");

    public override ImmutableArray<TensorType> Infer(ImmutableArray<TensorType> inputs)
    {
        Shape source = Typing.Single(this, inputs);
        Typing.Axis(this, source, Axis);
        Size size = source[Axis];
        bool isOfOne = Length.Symbol == size.Symbol || (Length.IsConstant && size.IsOpen && size.Offset >= 0);
        bool inside = !size.IsBatch && isOfOne && Start >= 0 && Step >= 1 && (Step == 1 || Length.IsConstant)
            && Start + ((Length.Value - 1L) * Step) < size.Value && (Length.IsOpen || Length.Value >= 1);
        Typing.Require(inside, this, $"({Attributes}) reaches outside {source}");
        return ImmutableArray.Create(inputs[0] with { Shape = source.With(Axis, Length) });
    }

    public override Primitive Bind(IReadOnlyDictionary<string, int> sizes) => this with { Length = Length.Bind(sizes) };

    public override ImmutableArray<DenseTensor> Evaluate(ImmutableArray<DenseTensor> inputs)
    {
        DenseTensor x = inputs[0];
        int[] strides = Indexing.Strides(x.Shape);
        int start = Start * strides[Axis];
        strides[Axis] *= Step;
        var shape = x.Shape.SetItem(Axis, Length.Value);
        return ImmutableArray.Create(new DenseTensor(shape, Indexing.Pick(x.Values, Indexing.Positions(shape, start, strides))));
    }

    /// <summary>Each number with Step - 1 zeros behind it, as many as there is room for, and zeros before and after.</summary>
    public override Node? Pull(Node y, int operand, Node dy, GradientBuilder g)
    {
        int size = y.Inputs[0].Shape[Axis].Value;
        if (Step > 1)
        {
            Shape apart = Shape.Of(y.Shape.Sizes.Insert(Axis + 1, 1));
            Node spaced = g.Pad(g.Reshape(dy, apart), Axis + 1, 0, Step - 1);
            dy = g.Reshape(spaced, y.Shape.With(Axis, Length.Value * Step));
            dy = g.Slice(dy, Axis, 0, Math.Min(Length.Value * Step, size - Start));
        }

        return g.Pad(dy, Axis, Start, size - Start - dy.Shape[Axis].Value);
    }

    public ImmutableArray<Bounds> Bound(ImmutableArray<Bounds> x, BoundBuilder b) => b.Ends(this, x);
}
