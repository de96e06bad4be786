using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Lower;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Passes;

/// <summary>
/// A large product with a factor of which a good part are zeros as a rule, behind a threshold or a mask, or may be, where it comes from
/// outside, leaves them out. Every sum keeps its order.
/// </summary>
internal static class SkipZeros
{
    /// <summary>With fewer zeros, going through lists takes as long as multiplying by all.</summary>
    private const double Fewest = 0.4;

    public static Graph Run(Graph graph) => new Rewriter(isBody: false).Rewrite(graph);

    private sealed class Rewriter(bool isBody) : GraphRewriter
    {
        private readonly ShareOfZeros _zeros = new(fromOutside: !isBody);

        // A product that was made of one that skips zeros, such as that of its bounds, need not have any.
        protected override Node Rewrite(Node node, ImmutableArray<Node> operands) =>
            Builder.Add(node.Op is MatMul product ? product with { SkipsZeros = Skips(product, operands[0], operands[1]) } : node.Op, operands);

        private bool Skips(MatMul product, Node left, Node right) =>
            product is { Chains: 1, Triangle: Triangle.None } && LiveProduct.Suits(left.Shape, right.Shape) && _zeros.Of(left) >= Fewest;

        protected override ImmutableArray<Node?> RewriteRepeat(Node node, Repeat repeat, ImmutableArray<Node> operands) =>
            Loop(node, repeat with { Body = new Rewriter(isBody: true).Rewrite(repeat.Body) }, operands);
    }
}
