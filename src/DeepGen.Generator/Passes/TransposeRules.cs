using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Passes;

/// <summary>
/// Two transposes are one, a transposed Broadcast is a Broadcast onto other axes, and the transpose of a product whose left
/// factor is transposed is such a product again. The name of the value between goes to the value before, which is the same in
/// another layout.
/// </summary>
internal static class TransposeRules
{
    public static Node? Apply(FoldingBuilder builder, Transpose op, Node x)
    {
        if (Permutation.IsIdentity(op.Permutation))
        {
            return x;
        }

        if (x.Op is Transpose inner)
        {
            Labels.Keep(x, x.Inputs[0]);
            return builder.Add(new Transpose(Permutation.Then(inner.Permutation, op.Permutation)), x.Inputs[0]);
        }

        if (x.Op is Broadcast broadcast)
        {
            EquatableArray<int> place = Permutation.Inverse(op.Permutation);
            var axes = broadcast.Axes.Select(a => place[a]).ToEquatable();
            return builder.Add(new Broadcast(broadcast.Target.Permute(op.Permutation), axes), x.Inputs[0]);
        }

        // (aᵀ b)ᵀ = bᵀ a, sum by sum, in the same order. Samples stay rows: no product has them for columns.
        if (x.Op is MatMul { Chains: 1 } product && x.Shape.Rank == 2 && x.Shape[0].IsConstant && x.Inputs[0].Op is Transpose)
        {
            return builder.Add(product, builder.Add(op, x.Inputs[1]), builder.Add(op, x.Inputs[0]));
        }

        // So is the gradient of a matrix that rows of samples are multiplied by.
        if (x.Op is Reshape && x.Shape.Rank == 2 && x.Inputs[0] is { Op: FilterGradient { IsOfPixels: true } rows } sum && sum.Shape[2] == x.Shape[0])
        {
            Node turned = builder.Add(rows, sum.Inputs[1], sum.Inputs[0]);
            return builder.Add(new Reshape(Shape.Of(x.Shape[1], x.Shape[0])), turned);
        }

        return null;
    }

    /// <summary>Then the elements stay where they are in memory, and the transpose is a Reshape.</summary>
    public static bool MovesOnlyUnitAxes(Transpose op, Shape source) =>
        Permutation.IsIncreasing(op.Permutation.Where(axis => source[axis] != 1).ToEquatable());
}
