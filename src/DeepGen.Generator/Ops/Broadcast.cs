using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Ops;

/// <summary>y[j] = x[i] with jₐ = iₖ for a = Axes[k]: source axis k becomes target axis Axes[k], the others repeat.</summary>
internal sealed record Broadcast(Shape Target, EquatableArray<int> Axes) : Linear, IIntervalRule
{
    public override string Name => "broadcast";

    public override string Attributes => FormattableString.Invariant($"{Target} axes={string.Join(",", Axes)}");

    public override ImmutableArray<TensorType> Infer(ImmutableArray<TensorType> inputs)
    {
        Shape source = Typing.Single(this, inputs);
        Typing.Require(source.Rank == Axes.Count, this, FormattableString.Invariant($"maps {Axes.Count} axes of {source}"));
        for (int k = 0; k < Axes.Count; k++)
        {
            Typing.Axis(this, Target, Axes[k]);
            Typing.Require(k == 0 || Axes[k] > Axes[k - 1], this, "needs its axes in order");
            Typing.Require(source[k].Equals(Target[Axes[k]]), this, $"cannot take {source} to {Target}");
        }

        return ImmutableArray.Create(inputs[0] with { Shape = Target });
    }

    public override Primitive Bind(IReadOnlyDictionary<string, int> sizes) => this with { Target = Target.Bind(sizes) };

    public override ImmutableArray<DenseTensor> Evaluate(ImmutableArray<DenseTensor> inputs)
    {
        var shape = Target.Select(s => s.Value).ToImmutableArray();
        int[] own = Indexing.Strides(inputs[0].Shape);
        int[] strides = new int[shape.Length];
        for (int k = 0; k < Axes.Count; k++)
        {
            strides[Axes[k]] = own[k];
        }

        return ImmutableArray.Create(new DenseTensor(shape, Indexing.Pick(inputs[0].Values, Indexing.Positions(shape, 0, strides))));
    }

    public override Node? Pull(Node y, int operand, Node dy, GradientBuilder g) =>
        g.SumOver(dy, GradientBuilder.Except(Target, Axes));

    public ImmutableArray<Bounds> Bound(ImmutableArray<Bounds> x, BoundBuilder b) => b.Ends(this, x);
}
