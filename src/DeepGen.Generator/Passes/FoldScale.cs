using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Passes;

/// <summary>
/// (x·W + b)·a + c = x·(W·a) + (b·a + c), where a, b and c are one number a channel and depend on parameters alone: a
/// normalisation behind a matrix or a convolution costs nothing in a prediction. Only if nobody else needs the value between, and not
/// into weights that were rounded to be stored: they would have to be rounded again.
/// </summary>
internal static class FoldScale
{
    public static Graph Run(Graph graph) => new Folder(graph, new ParameterOnly()).Rewrite(graph);

    private sealed class Folder : GraphRewriter
    {
        private readonly ParameterOnly _isFixed;
        private readonly FoldingBuilder _folding;
        private readonly Dictionary<Node, int> _users;
        private readonly Dictionary<Node, ChannelAffine> _affine = [];

        public Folder(Graph graph, ParameterOnly isFixed)
        {
            _isFixed = isFixed;
            _folding = new FoldingBuilder(Builder);
            _users = Uses.Of(graph);
        }

        protected override Node Rewrite(Node node, ImmutableArray<Node> operands)
        {
            if (Affine(node, operands) is not { } affine)
            {
                return Builder.Add(node.Op, operands);
            }

            _affine.Add(node, affine);
            return affine.Write(_folding);
        }

        protected override ImmutableArray<Node?> RewriteRepeat(Node node, Repeat repeat, ImmutableArray<Node> operands)
        {
            var isFixed = ParameterOnly.ForBody(repeat, j => _isFixed.Contains(operands[j]));
            return Loop(node, repeat with { Body = new Folder(repeat.Body, isFixed).Rewrite(repeat.Body) }, operands);
        }

        private ChannelAffine? Affine(Node node, ImmutableArray<Node> operands)
        {
            if (node.Op is Convolution or MatMul)
            {
                bool hasFixedWeight = _isFixed.Contains(operands[1]) && !_isFixed.Contains(operands[0]);
                bool isShared = node.Op is Convolution || operands[1].Shape.Rank == 2;
                return hasFixedWeight && isShared && !Narrow.Holds(operands[1]) ? new ChannelAffine(node.Op, operands[0], operands[1], null, null) : null;
            }

            for (int i = 0; i < node.Inputs.Length && node.Op is Elementwise { Arity: <= 2 }; i++)
            {
                if (_affine.TryGetValue(node.Inputs[i], out ChannelAffine inner) && _users[node.Inputs[i]] == 1)
                {
                    Node? vector = operands.Length == 1 ? null : PerChannel(operands[1 - i], inner.Channels);
                    return operands.Length == 1 || vector is not null ? inner.Then(_folding, (Elementwise)node.Op, i == 0, vector) : null;
                }
            }

            return null;
        }

        /// <summary>The vector [Channels] whose broadcast along the last axis the node is.</summary>
        private Node? PerChannel(Node node, Size channels)
        {
            if (node.Op is not Broadcast broadcast || !_isFixed.Contains(node))
            {
                return null;
            }

            return broadcast.Axes.Count switch
            {
                0 => _folding.Add(broadcast with { Target = Shape.Of(channels) }, node.Inputs[0]),
                1 when broadcast.Axes[0] == node.Shape.Rank - 1 => node.Inputs[0],
                _ => null,
            };
        }
    }
}
