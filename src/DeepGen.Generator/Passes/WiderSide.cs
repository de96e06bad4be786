using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Lower;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Passes;

/// <summary>
/// A product over the batch has its columns side by side in vectors. Where they would leave much of one empty and the rows would not, it is
/// computed transposed: each of its sums is the same.
/// </summary>
internal static class WiderSide
{
    public static Graph Run(Graph graph) => new Rewriter().Rewrite(graph);

    private sealed class Rewriter : GraphRewriter
    {
        protected override Node Rewrite(Node node, ImmutableArray<Node> operands)
        {
            if (!BatchSums.IsProduct(node) || node.Shape.Rank != 2 || node.Op is not MatMul { Triangle: Triangle.None } || !IsThriftier(node.Shape))
            {
                return Builder.Add(node.Op, operands);
            }

            return Transposed(Builder.Add(node.Op, Transposed(operands[1]), Transposed(operands[0])));
        }

        protected override ImmutableArray<Node?> RewriteRepeat(Node node, Repeat repeat, ImmutableArray<Node> operands) =>
            Loop(node, repeat with { Body = Run(repeat.Body) }, operands);

        private Node Transposed(Node x) => x.Op is Transpose ? x.Inputs[0] : Builder.Add(new Transpose(EquatableArray.Of(1, 0)), x);
    }

    /// <summary>Whether at least a quarter of the multiplications is saved.</summary>
    private static bool IsThriftier(Shape product)
    {
        (int rows, int columns) = (product[0].Value, product[1].Value);
        return 4 * columns * Lanes.RoundUp(rows) <= 3 * rows * Lanes.RoundUp(columns);
    }
}
