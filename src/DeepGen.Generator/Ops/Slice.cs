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
        bool isOfOne = Length.Symbol == size.Symbol || (Length.IsConstant && size.IsOpen && size.Offset >= 0) || (size.IsConstant && Length.IsOpen);
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
        if (Step == 1 && Length.IsOpen != y.Inputs[0].Shape[Axis].IsOpen)
        {
            return Placed(y, dy, g);
        }

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

    /// <summary>
    /// dx = Pᵀ dy: how many zeros follow is known at run time only, so each number is added where p, a matrix of ones and zeros, says.
    /// </summary>
    private Node Placed(Node y, Node dy, GradientBuilder g)
    {
        Size rows = y.Inputs[0].Shape[Axis];
        Shape shape = Shape.Of(rows, Length);
        Node Along(Size size, int axis) => g.Spread(g.Add(new Positions(size)), shape, [axis]);
        Node isThere = g.Equal(Along(rows, 0), g.Plus(Along(Length, 1), g.Filled(Start, shape)));

        int rank = dy.Shape.Rank;
        int[] last = Enumerable.Range(0, rank).Where(a => a != Axis).Append(Axis).ToArray();
        Node spread = g.Transpose(dy, last);
        Node all = g.Add(new MatMul(), spread, g.Transpose(isThere, 1, 0));
        return g.Transpose(all, Enumerable.Range(0, rank).Select(a => Array.IndexOf(last, a)).ToArray());
    }

    public ImmutableArray<Bounds> Bound(ImmutableArray<Bounds> x, BoundBuilder b) => b.Ends(this, x);
}
