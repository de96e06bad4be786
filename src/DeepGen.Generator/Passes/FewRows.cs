using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Passes;

/// <summary>
/// Samples of few rows, each multiplied by the same matrix, are that many products in which each sample is a row: one product of the whole
/// batch instead of a small one for each sample. Every sum is the same.
/// </summary>
internal static class FewRows
{
    /// <summary>With more, the rows of a sample fill a tile.</summary>
    private const int Few = 4;

    public static Graph Run(Graph graph) => Concerns(graph) ? new Rewriter().Rewrite(graph) : graph;

    private static bool Concerns(Graph graph) => graph.Nodes.Any(n => HasFewRows(n) || (n.Op is Repeat repeat && Concerns(repeat.Body)));

    private static bool HasFewRows(Node node) =>
        node.Op is MatMul && node.Inputs[1].Shape.Rank == 2 && node.Shape.Rank == 3 && node.Shape[0].IsBatch
        && node.Shape[1] is { IsConstant: true, Value: <= Few };

    private sealed class Rewriter : GraphRewriter
    {
        protected override Node Rewrite(Node node, ImmutableArray<Node> operands)
        {
            if (!HasFewRows(node))
            {
                return Builder.Add(node.Op, operands);
            }

            var folding = new FoldingBuilder(Builder);
            Node[] rows = Enumerable.Range(0, node.Shape[1].Value).Select(r => Row(r)).ToArray();
            return rows.Length == 1 ? rows[0] : folding.Add(new Concat(1), rows);

            Node Row(int r)
            {
                Node row = folding.Add(new Slice(1, r, 1, 1), operands[0]);
                Node product = Labels.Keep(node, Builder.Add(node.Op, folding.Add(new Reshape(row.Shape.Without([1])), row), operands[1]));
                return folding.Add(new Reshape(node.Shape.With(1, 1)), product);
            }
        }

        protected override ImmutableArray<Node?> RewriteRepeat(Node node, Repeat repeat, ImmutableArray<Node> operands) =>
            Loop(node, repeat with { Body = Run(repeat.Body) }, operands);
    }
}
