using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Passes;

/// <summary>
/// f(concat(p, q), broadcast b) = concat(f(p, broadcast b), f(q, broadcast b)), where p and q are products that nobody else
/// needs and b is a number or one for each channel: then the products' own kernels can do it, and their weights take up a scale.
/// A transposed convolution is such a concat, of its phases.
/// </summary>
internal static class IntoParts
{
    public static Graph Run(Graph graph) => new Rewriter(graph).Rewrite(graph);

    private sealed class Rewriter(Graph graph) : GraphRewriter
    {
        private readonly Dictionary<Node, int> _users = Uses.Of(graph);

        // Of the new graph: products and what has been done to them, and concats of these, each with one user.
        private readonly HashSet<Node> _parts = [];
        private readonly HashSet<Node> _joined = [];

        protected override Node Rewrite(Node node, ImmutableArray<Node> operands)
        {
            int joined = operands.ToList().FindIndex(_joined.Contains);
            if (node.Op is Elementwise && joined >= 0 && operands.Where((_, i) => i != joined).All(IsSpread))
            {
                Node done = Into(node, operands, joined, operands[joined]);
                Note(_joined, node, done);
                return done;
            }

            Node same = Builder.Add(node.Op, operands);
            if (node.Op is Convolution or MatMul)
            {
                Note(_parts, node, same);
            }
            else if ((node.Op is Concat concat && concat.Axis < node.Shape.Rank - 1 && operands.All(o => _joined.Contains(o) || _parts.Contains(o)))
                || (node.Op is Reshape && _joined.Contains(operands[0]) && KeepsChannels(operands[0], same)))
            {
                Note(_joined, node, same);
            }
            else if (node.Op is Reshape && _parts.Contains(operands[0]) && KeepsChannels(operands[0], same))
            {
                Note(_parts, node, same);
            }

            return same;
        }

        protected override ImmutableArray<Node?> RewriteRepeat(Node node, Repeat repeat, ImmutableArray<Node> operands) =>
            Loop(node, repeat with { Body = Run(repeat.Body) }, operands);

        private void Note(HashSet<Node> set, Node old, Node made)
        {
            if (_users.TryGetValue(old, out int count) && count == 1)
            {
                set.Add(made);
            }
        }

        private static bool KeepsChannels(Node from, Node to) =>
            from.Shape.Rank > 0 && to.Shape.Rank > 0 && from.Shape[from.Shape.Rank - 1] == to.Shape[to.Shape.Rank - 1];

        private static bool IsSpread(Node node) =>
            node.Op is Broadcast broadcast && broadcast.Axes.All(a => a == node.Shape.Rank - 1);

        /// <summary>The operation with x, or its parts, in the place of one operand.</summary>
        private Node Into(Node node, ImmutableArray<Node> operands, int place, Node x)
        {
            if (x.Op is Concat or Reshape)
            {
                return Builder.Add(x.Op, x.Inputs.Select(part => Into(node, operands, place, part)).ToImmutableArray());
            }

            Node done = Builder.Add(node.Op, operands.Select((operand, i) => i == place ? x
                : Builder.Add(new Broadcast(x.Shape, ((Broadcast)operand.Op).Axes.Select(_ => x.Shape.Rank - 1).ToEquatable()), operand.Inputs[0])).ToImmutableArray());
            done.Label ??= node.Label;
            return done;
        }
    }
}
