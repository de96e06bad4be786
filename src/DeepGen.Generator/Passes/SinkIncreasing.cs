using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Passes;

/// <summary>
/// An increasing function commutes with the maximum over a window: it is computed of fewer values. Not where somebody else needs
/// what it gives before the window, which then is there already. No window may lie in the padding, whose maximum is no value of the function.
/// </summary>
internal static class SinkIncreasing
{
    /// <summary>Thresholds, and what is added and multiplied, whose roundings keep the order: nothing changes but perhaps the sign of a zero.</summary>
    public static Graph Arithmetic(Graph graph) => new Rewriter(graph, withFunctions: false).Rewrite(graph);

    /// <summary>Functions too, which polynomials compute: one of a slightly smaller value may be the larger by a rounding.</summary>
    public static Graph Run(Graph graph) => new Rewriter(graph, withFunctions: true).Rewrite(graph);

    /// <summary>Operations between an argument and a window; a longer chain is followed no further.</summary>
    private const int Longest = 6;

    private sealed class Rewriter(Graph graph, bool withFunctions) : GraphRewriter
    {
        private readonly Dictionary<Node, int> _users = Uses.Of(graph);

        protected override Node Rewrite(Node node, ImmutableArray<Node> operands)
        {
            if (node.Op is not Window { Kind: Reduction.Max } op || !SeesImage(op) || Argument(node.Inputs[0], Longest) is not { } argument
                || argument == node.Inputs[0] || !IsOnlyFor(node, argument))
            {
                return Builder.Add(node.Op, operands);
            }

            Node pooled = Builder.Add(op, Rewritten(argument));
            pooled.Label ??= node.Inputs[0].Label;
            return Of(node.Inputs[0], argument, pooled, new FoldingBuilder(Builder), []);
        }

        protected override ImmutableArray<Node?> RewriteRepeat(Node node, Repeat repeat, ImmutableArray<Node> operands) =>
            Loop(node, repeat with { Body = new Rewriter(repeat.Body, withFunctions).Rewrite(repeat.Body) }, operands);

        private static bool SeesImage(Window op) =>
            Enumerable.Range(0, 2).All(side => op.PadBefore[side] < op.Size[side] && op.PadAfter[side] < op.Size[side]);

        /// <summary>Of which value a value is an increasing function: of itself, if of no other. Null for a number.</summary>
        private Node? Argument(Node value, int steps)
        {
            if (Uniform.Of(value) is > float.NegativeInfinity and < float.PositiveInfinity)
            {
                return null;
            }

            List<Node> arguments = steps > 0 && IsIncreasing(value) ? value.Inputs.Select(i => Argument(i, steps - 1)).OfType<Node>().Distinct().ToList() : [];
            return arguments.Count == 1 ? arguments[0] : value;
        }

        /// <summary>Where it is not a number, so it is of what is not; a maximum and a minimum have that from their second operand.</summary>
        private bool IsIncreasing(Node value) => value.Op switch
        {
            Maximum or Minimum => Uniform.Of(value.Inputs[1]) is null,
            Add => true,
            Multiply => value.Inputs.Any(i => Uniform.Of(i) is > 0 and < float.PositiveInfinity),
            Elementwise { Arity: 1, IsIncreasing: true } => withFunctions,
            _ => false,
        };

        /// <summary>Whether nobody else needs what lies between the argument and the window.</summary>
        private bool IsOnlyFor(Node window, Node argument)
        {
            var uses = new Dictionary<Node, int>();
            Count(window.Inputs[0]);
            return uses.All(u => _users[u.Key] == u.Value);

            void Count(Node value)
            {
                if (value == argument || Uniform.Of(value) is not null)
                {
                    return;
                }

                uses[value] = uses.TryGetValue(value, out int known) ? known + 1 : 1;
                if (known == 0)
                {
                    value.Inputs.ToList().ForEach(Count);
                }
            }
        }

        /// <summary>The same function of another value.</summary>
        private Node Of(Node value, Node argument, Node other, FoldingBuilder folding, Dictionary<Node, Node> done)
        {
            if (value == argument)
            {
                return other;
            }

            if (!done.TryGetValue(value, out Node made))
            {
                made = Uniform.Of(value) is { } number
                    ? Uniform.Make(folding, number, other.Shape)
                    : Builder.Add(value.Op, value.Inputs.Select(i => Of(i, argument, other, folding, done)).ToImmutableArray());
                done.Add(value, made);
            }

            return made;
        }
    }
}
