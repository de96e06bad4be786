using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Lower;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Passes;

/// <summary>
/// A product of few columns leaves most lanes of a vector idle. Written as what it means, a sum over products, its lanes
/// run along the depth instead.
/// </summary>
internal static class SumAlongLanes
{
    /// <summary>Vector operations that add up the lanes of one sum and store it.</summary>
    private const int Tree = 8;

    /// <summary>Vector operations a tile needs beyond a step for each depth.</summary>
    private const int Store = 4;

    public static Graph Run(Graph graph) => new Rewriter().Rewrite(graph);

    /// <summary>A tile takes a step for each depth; a sum along lanes one for sixteen depths, and the tree.</summary>
    private static bool IsCheaper(int depth, int columns) =>
        depth >= Lanes.Count && columns * ((depth / Lanes.Count) + Tree) <= depth + Store;

    private sealed class Rewriter : GraphRewriter
    {
        protected override Node Rewrite(Node node, ImmutableArray<Node> operands)
        {
            if (node.Op is not MatMul || operands[0].Shape.Rank != 2 || !operands[0].Shape[0].IsBatch
                || operands[1].Shape.Rank != 2 || !operands[1].Shape.IsConstant
                || !IsCheaper(operands[1].Shape[0].Value, operands[1].Shape[1].Value))
            {
                return Builder.Add(node.Op, operands);
            }

            Shape rows = operands[0].Shape;
            var whole = Shape.Of([rows[0], operands[1].Shape[1], rows[1]]);
            Node left = Builder.Add(new Broadcast(whole, Axes(0, 2)), operands[0]);
            Node right = Builder.Add(new Broadcast(whole, Axes(1, 2)), Builder.Add(new Transpose(Axes(1, 0)), operands[1]));
            return Builder.Add(new Reduce(Reduction.Sum, Axes(2)), Builder.Add(new Multiply(), left, right));
        }

        protected override ImmutableArray<Node?> RewriteRepeat(Node node, Repeat repeat, ImmutableArray<Node> operands) =>
            Loop(node, repeat with { Body = Run(repeat.Body) }, operands);

        private static EquatableArray<int> Axes(params int[] axes) => axes.ToEquatable();
    }
}
