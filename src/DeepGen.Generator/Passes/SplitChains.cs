using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Passes;

/// <summary>
/// A product one vector wide waits, at one sample, for each of its additions; as two sums it waits half as often. More
/// columns, or more samples, are sums enough, and a deep product is not worth its two halves in registers.
/// </summary>
internal static class SplitChains
{
    private const int Chains = 2;
    private const int Widest = 16;
    private const int Shallowest = 8;
    private const int Deepest = 64;

    public static Graph Run(Graph graph) => new Rewriter().Rewrite(graph);

    private static bool IsNarrow(Shape left, Shape right)
    {
        int depth = right[0].Value;
        return left.Rank == 2 && left[0].IsBatch && right.Rank == 2 && right[1].IsConstant && right[1].Value <= Widest
            && depth is >= Shallowest and <= Deepest && depth % Chains == 0;
    }

    private sealed class Rewriter : GraphRewriter
    {
        protected override Node Rewrite(Node node, ImmutableArray<Node> operands) =>
            Builder.Add(node.Op is MatMul && IsNarrow(operands[0].Shape, operands[1].Shape) ? new MatMul(Chains) : node.Op, operands);

        protected override ImmutableArray<Node?> RewriteRepeat(Node node, Repeat repeat, ImmutableArray<Node> operands) =>
            Loop(node, repeat with { Body = Run(repeat.Body) }, operands);
    }
}
