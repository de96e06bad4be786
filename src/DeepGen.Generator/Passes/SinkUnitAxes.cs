using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Passes;

/// <summary>
/// A signal is an image of one line between two convolutions: what is done to each of its values is done to the image's, so that no Reshape stands
/// between a convolution, what follows it element by element, and a pool.
/// </summary>
internal static class SinkUnitAxes
{
    public static Graph Run(Graph graph) => new Rewriter().Rewrite(graph);

    private sealed class Rewriter : GraphRewriter
    {
        private readonly FoldingBuilder _folding;

        /// <summary>What a convolution or a pool gives, and what is made of that element by element.</summary>
        private readonly HashSet<Node> _images = [];

        public Rewriter() => _folding = new FoldingBuilder(Builder);

        protected override Node Rewrite(Node node, ImmutableArray<Node> operands)
        {
            if (node.Op is Elementwise && operands.Select(Image).FirstOrDefault(i => i is not null) is { } image
                && operands.Select(o => Reshaped(o, image.Shape)).ToList() is var reshaped && reshaped.All(o => o is not null))
            {
                Node y = Builder.Add(node.Op, reshaped.Select(o => o!).ToImmutableArray());
                y.Label ??= node.Label;
                _images.Add(y);
                return _folding.Add(new Reshape(node.Shape), y);
            }

            Node same = node.Op is Reshape ? _folding.Add(node.Op, operands) : Builder.Add(node.Op, operands);
            if (node.Op is Convolution or Window || (node.Op is Elementwise && operands.Any(_images.Contains)))
            {
                _images.Add(same);
            }

            return same;
        }

        protected override ImmutableArray<Node?> RewriteRepeat(Node node, Repeat repeat, ImmutableArray<Node> operands) =>
            Loop(node, repeat with { Body = Run(repeat.Body) }, operands);

        /// <summary>The image that a value is but for axes of extent 1; null where it is none.</summary>
        private Node? Image(Node value) =>
            value.Op is Reshape && _images.Contains(value.Inputs[0]) && Long(value.Inputs[0].Shape).SequenceEqual(Long(value.Shape)) ? value.Inputs[0] : null;

        private static IEnumerable<Size> Long(Shape shape) => shape.Where(s => s != (Size)1);

        /// <summary>The same values in another shape, where that costs nothing.</summary>
        private Node? Reshaped(Node value, Shape shape)
        {
            if (value.Op is Reshape && value.Inputs[0].Shape.Equals(shape))
            {
                return Labels.Keep(value, value.Inputs[0]);
            }

            return value.Op is Broadcast && _folding.Add(new Reshape(shape), value) is { Op: Broadcast } broadcast ? broadcast : null;
        }
    }
}
