using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Ops;

/// <summary>What many elements are made one by.</summary>
internal enum Reduction
{
    Sum,
    Max,
}

/// <summary>Sum or maximum over Axes, which disappear.</summary>
internal sealed record Reduce(Reduction Kind, EquatableArray<int> Axes) : Primitive, IGradientRule, IIntervalRule
{
    public override string Name => "reduce";

    public override string Attributes => (Kind == Reduction.Sum ? "sum" : "max") + " axes=" + string.Join(",", Axes);

    public override ImmutableArray<TensorType> Infer(ImmutableArray<TensorType> inputs)
    {
        Typing.Floats(this, inputs);
        Shape source = Typing.Single(this, inputs);
        for (int k = 0; k < Axes.Count; k++)
        {
            Typing.Axis(this, source, Axes[k]);
            Typing.Require(k == 0 || Axes[k] > Axes[k - 1], this, "needs its axes in order");
        }

        return ImmutableArray.Create(inputs[0] with { Shape = source.Without(Axes) });
    }

    public override ImmutableArray<DenseTensor> Evaluate(ImmutableArray<DenseTensor> inputs)
    {
        DenseTensor x = inputs[0];
        var shape = x.Shape.Where((_, axis) => !Axes.Contains(axis)).ToImmutableArray();
        double[] y = new double[Indexing.Length(shape)];
        if (Kind == Reduction.Max)
        {
            for (int i = 0; i < y.Length; i++)
            {
                y[i] = double.NegativeInfinity;
            }
        }

        int[] kept = Indexing.Strides(shape);
        int[] strides = new int[x.Shape.Length];
        for (int axis = 0, next = 0; axis < strides.Length; axis++)
        {
            strides[axis] = Axes.Contains(axis) ? 0 : kept[next++];
        }

        int[] positions = Indexing.Positions(x.Shape, 0, strides);
        for (int i = 0; i < positions.Length; i++)
        {
            ref double target = ref y[positions[i]];
            target = Kind == Reduction.Sum ? target + x.Values[i] : Math.Max(target, x.Values[i]);
        }

        return ImmutableArray.Create(new DenseTensor(shape, y));
    }

    public bool Carries(int operand) => true;

    /// <summary>A maximum that several elements attain is shared among them evenly.</summary>
    public Node? Pull(Node y, int operand, Node dy, GradientBuilder g)
    {
        Node x = y.Inputs[0];
        return Kind == Reduction.Sum
            ? Spread(dy, x, g)
            : g.Times(Attained(y, g), Spread(g.Over(dy, g.SumOver(Attained(y, g), Axes)), x, g));
    }

    public Node? Push(Node y, ImmutableArray<Node?> dx, GradientBuilder g) => Kind == Reduction.Sum
        ? g.SumOver(dx[0]!, Axes)
        : g.Over(g.SumOver(g.Times(dx[0]!, Attained(y, g)), Axes), g.SumOver(Attained(y, g), Axes));

    private Node Attained(Node y, GradientBuilder g) => g.Equal(y.Inputs[0], Spread(y, y.Inputs[0], g));

    private Node Spread(Node y, Node like, GradientBuilder g) => g.Spread(y, like.Shape, GradientBuilder.Except(like.Shape, Axes));

    public ImmutableArray<Bounds> Bound(ImmutableArray<Bounds> x, BoundBuilder b)
    {
        if (Kind == Reduction.Max)
        {
            return b.Ends(this, x);
        }

        return b.Sum(this, x[0], Axes.Aggregate(1L, (n, axis) => n * x[0].Shape[axis].Value));
    }
}
