using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Ops;

/// <summary>Axes in another order: axis i of the result is axis Permutation[i] of the operand.</summary>
internal sealed record Transpose(EquatableArray<int> Permutation) : Linear, IIntervalRule
{
    public override string Name => "transpose";

    public override string Attributes => string.Join(",", Permutation);

    public override ImmutableArray<TensorType> Infer(ImmutableArray<TensorType> inputs)
    {
        Shape source = Typing.Single(this, inputs);
        bool isPermutation = Permutation.OrderBy(a => a).SequenceEqual(Enumerable.Range(0, source.Rank));
        Typing.Require(isPermutation, this, $"{Permutation} is no permutation of the axes of {source}");
        return ImmutableArray.Create(inputs[0] with { Shape = source.Permute(Permutation) });
    }

    public override ImmutableArray<DenseTensor> Evaluate(ImmutableArray<DenseTensor> inputs)
    {
        DenseTensor x = inputs[0];
        int[] own = Indexing.Strides(x.Shape);
        var shape = Permutation.Select(a => x.Shape[a]).ToImmutableArray();
        int[] strides = Permutation.Select(a => own[a]).ToArray();
        return ImmutableArray.Create(new DenseTensor(shape, Indexing.Pick(x.Values, Indexing.Positions(shape, 0, strides))));
    }

    public override Node? Pull(Node y, int operand, Node dy, GradientBuilder g) =>
        g.Transpose(dy, Enumerable.Range(0, Permutation.Count).OrderBy(i => Permutation[i]).ToArray());

    public ImmutableArray<Bounds> Bound(ImmutableArray<Bounds> x, BoundBuilder b) => b.Ends(this, x);
}
