using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Passes;

/// <summary>
/// Rounds the weights of products to bfloat16, as they are declared: what was trained or stored in bfloat16 stays the same number.
/// </summary>
internal static class NarrowWeights
{
    public static Graph Run(Graph graph) => new Rounding(_ => false).Rewrite(graph);

    private sealed class Rounding(Func<Node, bool> isWeight) : GraphRewriter
    {
        protected override Node Rewrite(Node node, ImmutableArray<Node> operands) =>
            Builder.Add(node.Op, node.Op is MatMul or Convolution { Groups: 1, Tile: 0 } && IsWeight(operands[1]) ? operands.SetItem(1, Rounded(operands[1])) : operands);

        protected override ImmutableArray<Node?> RewriteRepeat(Node node, Repeat repeat, ImmutableArray<Node> operands)
        {
            var inside = new Rounding(n => n.Op is Input input && input.Index >= repeat.Carried && IsWeight(operands[input.Index]));
            return Loop(node, repeat with { Body = inside.Rewrite(repeat.Body) }, operands);
        }

        /// <summary>Whether it is a parameter, however it is turned.</summary>
        private bool IsWeight(Node node) => node.Op is Parameter || (IsTurned(node) ? IsWeight(node.Inputs[0]) : isWeight(node));

        /// <summary>First rounded and then turned, so that a loop has rounded slices and not slices to round.</summary>
        private Node Rounded(Node node) =>
            IsTurned(node) ? Builder.Add(node.Op, Rounded(node.Inputs[0])) : Builder.Add(new Narrow(), node);

        private static bool IsTurned(Node node) => node.Op is Transpose or Reshape or Reverse or Slice;
    }
}
