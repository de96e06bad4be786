using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>
/// Derivatives of max(a, b) and min(a, b): 1 for the operand chosen, 0 for the other. At a tie the flatter operand is the
/// chosen one: a number rather than a variable, c x with |c| ≤ 1 rather than x; so relu'(0) = 0, a clamp passes nothing on at
/// its ends, and a leaky relu has at 0 the slope it has below. Between operands of which neither is known to be flatter it is halved.
/// Beside a number the result tells as much as the operand, which then need not be remembered: max(c, x) &gt; c where x &gt; c.
/// </summary>
internal static class Tie
{
    /// <param name="atMost">The condition under which the first of two operands gives way or is equal: a ≤ b for a maximum.</param>
    /// <param name="below">The condition under which it gives way and is not equal.</param>
    public static Node Partial(ImmutableArray<Node> x, Node y, int operand, GradientBuilder g, Func<Node, Node, Node> atMost, Func<Node, Node, Node> below)
    {
        (Node own, Node other) = (x[operand], x[1 - operand]);
        bool isFlatter = IsFlatter(own, other), isSteeper = IsFlatter(other, own);
        return isFlatter == isSteeper ? g.Times(g.Plus(below(other, own), atMost(other, own)), 0.5)
            : isFlatter ? atMost(other, own)
            : below(other, GradientBuilder.Number(other) is null ? own : y);
    }

    private static bool IsFlatter(Node x, Node other) =>
        GradientBuilder.Number(x) is not null || (x.Op is Multiply && (IsScaled(x, other, 0) || IsScaled(x, other, 1)));

    private static bool IsScaled(Node product, Node x, int operand) =>
        product.Inputs[operand] == x && GradientBuilder.Number(product.Inputs[1 - operand]) is >= -1 and <= 1;
}
