using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Lower;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Interpret;

/// <summary>
/// A sum over samples in a loop's body, of which the sum over all iterations is wanted: Σₜ Σ_b a[t, b] dy[t, b] is one sum of the
/// stacks of its factors.
/// </summary>
internal sealed record LoopSum(Node Node, ImmutableArray<Node> Factors)
{
    /// <summary>The sums that a value is the sum of; null if it is more than that.</summary>
    public static ImmutableArray<LoopSum>? Of(Node value)
    {
        if (value.Op is Add && Of(value.Inputs[0]) is { } left && Of(value.Inputs[1]) is { } right)
        {
            return left.AddRange(right);
        }

        Node? single = value.Op switch
        {
            MatMul { Chains: 1 } when BatchSums.IsSum(value) && value.Inputs[0].Op is Transpose && value.Inputs.All(BatchSums.HasSamples) => value.Inputs[0].Inputs[0],
            Reduce { Kind: Reduction.Sum } when BatchSums.IsSum(value) => value.Inputs[0],
            _ => null,
        };
        return single is null ? null
            : ImmutableArray.Create(new LoopSum(value, value.Op is MatMul ? ImmutableArray.Create(single, value.Inputs[1]) : ImmutableArray.Create(single)));
    }

    /// <param name="stack">The values of a factor in all iterations, one after the other.</param>
    /// <param name="g">Where the sum is added.</param>
    public Node Total(Func<Node, Node> stack, GradientBuilder g)
    {
        Node[] stacks = Factors.Select(stack).ToArray();
        return Node.Op is Reduce reduce
            ? g.SumOver(stacks[0], reduce.Axes.Select(a => a + 1).Prepend(0))
            : MatMul.SharedFactor(g.Transpose(stacks[0], 1, 0, 2), g.Transpose(stacks[1], 1, 0, 2), g);
    }
}
