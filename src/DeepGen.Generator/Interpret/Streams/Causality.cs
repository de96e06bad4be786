using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Interpret.Streams;

/// <summary>
/// What a value with two axes of time holds where the second time comes after the first, if that is one number: 0 for the weights
/// of causal attention. A sum over such an axis is then the sum over what has come so far.
/// </summary>
internal static class Causality
{
    public static float? Later(Node node, int first, int second, IStreamScope? scope)
    {
        if (GradientBuilder.Number(node) is { } number)
        {
            return number;
        }

        switch (node.Op)
        {
            case Input:
                return scope?.Later(node, first, second);
            case Compare compare:
                return Order(node.Inputs[0], first, second) is { } a && Order(node.Inputs[1], first, second) is { } b
                    ? (float)compare.Apply(a, b, 0)
                    : null;
            case Select when Later(node.Inputs[0], first, second, scope) is { } where:
                return Later(node.Inputs[where != 0 ? 1 : 2], first, second, scope);
            case Elementwise op:
                float?[] operands = node.Inputs.Select(i => Later(i, first, second, scope)).ToArray();
                return operands.Any(o => o is null) ? null : (float)op.Apply(
                    operands[0]!.Value, operands.Length > 1 ? operands[1]!.Value : 0, operands.Length > 2 ? operands[2]!.Value : 0);
            case Transpose transpose:
                return Later(node.Inputs[0], transpose.Permutation[first], transpose.Permutation[second], scope);
            case Broadcast broadcast when broadcast.Axes.Contains(first) && broadcast.Axes.Contains(second):
                return Later(node.Inputs[0], IndexOf(broadcast, first), IndexOf(broadcast, second), scope);
            case Reshape when Moved(node, first) is { } one && Moved(node, second) is { } other:
                return Later(node.Inputs[0], one, other, scope);
            default:
                return null;
        }
    }

    /// <summary>0 for the positions along the first axis, 1 for those along the second, which are then later.</summary>
    private static double? Order(Node positions, int first, int second) =>
        positions.Op is Broadcast { Axes.Count: 1 } broadcast && positions.Inputs[0].Op is Positions
            ? broadcast.Axes[0] == first ? 0 : broadcast.Axes[0] == second ? 1 : null
            : null;

    private static int IndexOf(Broadcast broadcast, int axis) => broadcast.Axes.Items.IndexOf(axis);

    /// <summary>The axis of a reshape's operand that is an axis of time of its result.</summary>
    private static int? Moved(Node node, int axis)
    {
        int number = node.Shape.Take(axis).Count(s => s.IsOpen);
        int[] open = Enumerable.Range(0, node.Inputs[0].Shape.Rank).Where(a => node.Inputs[0].Shape[a].IsOpen).ToArray();
        return number < open.Length ? open[number] : null;
    }
}
