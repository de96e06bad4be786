using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Lower;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Passes;

/// <summary>
/// A large product with a factor of which a good part are zeros as a rule, behind a threshold or a mask, leaves them out. Every sum
/// keeps its order.
/// </summary>
internal static class SkipZeros
{
    /// <summary>With fewer zeros, going through lists takes as long as multiplying by all.</summary>
    private const double Fewest = 0.4;

    public static Graph Run(Graph graph) => new Rewriter().Rewrite(graph);

    private sealed class Rewriter : GraphRewriter
    {
        private readonly ShareOfZeros _zeros = new();

        protected override Node Rewrite(Node node, ImmutableArray<Node> operands) => Builder.Add(
            node.Op is MatMul { Chains: 1, Triangle: Triangle.None } product && LiveProduct.Suits(operands[0].Shape, operands[1].Shape) && _zeros.Of(operands[0]) >= Fewest
                ? product with { SkipsZeros = true }
                : node.Op,
            operands);

        protected override ImmutableArray<Node?> RewriteRepeat(Node node, Repeat repeat, ImmutableArray<Node> operands) =>
            Loop(node, repeat with { Body = Run(repeat.Body) }, operands);
    }
}
