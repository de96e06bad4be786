using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Passes;

/// <summary>
/// A threshold commutes with the maximum over a window: fewer values are left to be compared with it. Not where somebody else
/// needs the value above the threshold, which then is there already. No window may lie in the padding, whose maximum is below
/// every threshold.
/// </summary>
internal static class SinkThresholds
{
    public static Graph Run(Graph graph) => new Rewriter(graph).Rewrite(graph);

    private sealed class Rewriter(Graph graph) : GraphRewriter
    {
        private readonly Dictionary<Node, int> _users = Uses.Of(graph);

        protected override Node Rewrite(Node node, ImmutableArray<Node> operands)
        {
            if (node.Op is not Window { Kind: Reduction.Max } op || !SeesImage(op) || _users[node.Inputs[0]] > 1
                || operands[0] is not { Op: Maximum } x || Uniform.Of(x.Inputs[0]) is not { } threshold)
            {
                return Builder.Add(node.Op, operands);
            }

            Node y = Builder.Add(op, x.Inputs[1]);
            y.Label ??= x.Label;
            return Builder.Add(new Maximum(), Uniform.Make(new FoldingBuilder(Builder), threshold, y.Shape), y);
        }

        protected override ImmutableArray<Node?> RewriteRepeat(Node node, Repeat repeat, ImmutableArray<Node> operands) =>
            Loop(node, repeat with { Body = Run(repeat.Body) }, operands);

        private static bool SeesImage(Window op) =>
            Enumerable.Range(0, 2).All(side => op.PadBefore[side] < op.Size[side] && op.PadAfter[side] < op.Size[side]);
    }
}
