using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Passes;

/// <summary>
/// Identities that hold for every float, infinities and NaN included (up to the sign of a zero): so x·0 stays and x+0 goes.
/// And f(broadcast a, broadcast b) = broadcast f(a, b): the smaller computation.
/// </summary>
internal static class ElementwiseRules
{
    public static Node? Apply(FoldingBuilder builder, Elementwise op, ImmutableArray<Node> x) =>
        Identity(builder, op, x) ?? BelowBroadcast(builder, op, x);

    private static Node? Identity(FoldingBuilder builder, Elementwise op, ImmutableArray<Node> x) => op switch
    {
        Add when Uniform.Is(x[1], 0) => x[0],
        Add when Uniform.Is(x[0], 0) => x[1],
        Add when (SideBySide(builder, x[0], x[1]) ?? SideBySide(builder, x[1], x[0])) is { } joined => joined,
        Add when x[1].Op is Negate => builder.Add(new Subtract(), x[0], x[1].Inputs[0]),
        Add when x[0].Op is Negate => builder.Add(new Subtract(), x[1], x[0].Inputs[0]),
        Subtract when Uniform.Is(x[1], 0) => x[0],
        Subtract when Uniform.Is(x[0], 0) => builder.Add(new Negate(), x[1]),
        Subtract when x[1].Op is Negate => builder.Add(new Add(), x[0], x[1].Inputs[0]),
        Multiply when Uniform.Is(x[1], 1) => x[0],
        Multiply when Uniform.Is(x[0], 1) => x[1],
        Multiply when Uniform.Is(x[1], -1) => builder.Add(new Negate(), x[0]),
        Multiply when Uniform.Is(x[0], -1) => builder.Add(new Negate(), x[1]),
        Divide when Uniform.Is(x[1], 1) => x[0],
        Divide when Uniform.Is(x[1], -1) => builder.Add(new Negate(), x[0]),
        Negate when x[0].Op is Negate => x[0].Inputs[0],
        Negate when x[0].Op is Subtract => builder.Add(new Subtract(), x[0].Inputs[1], x[0].Inputs[0]),
        Abs when x[0].Op is Abs => x[0],
        Abs when x[0].Op is Negate => builder.Add(new Abs(), x[0].Inputs[0]),
        Maximum or Minimum when x[0] == x[1] => x[0],
        Maximum or Minimum when x[0].Op.Equals(op) && x[0].Inputs[1] == x[1] && Uniform.Of(x[1]) is { } bound && !float.IsNaN(bound) => x[0],
        Select when Uniform.Of(x[0]) is { } condition => condition != 0 ? x[1] : x[2],
        Select when x[1] == x[2] => x[1],
        _ => null,
    };

    /// <summary>Zeros put around two values so that one ends where the other begins: the sum is one after the other.</summary>
    private static Node? SideBySide(FoldingBuilder builder, Node a, Node b)
    {
        if (a.Op is not Pad { Value: 0 } first || b.Op is not Pad { Value: 0 } second)
        {
            return null;
        }

        (Shape left, Shape right) = (a.Inputs[0].Shape, b.Inputs[0].Shape);
        int[] padded = Enumerable.Range(0, a.Shape.Rank).Where(i => first.Before[i] + first.After[i] + second.Before[i] + second.After[i] > 0).ToArray();
        if (padded.Length != 1 || first.Before[padded[0]] + left[padded[0]].Value != second.Before[padded[0]])
        {
            return null;
        }

        Node both = builder.Add(new Concat(padded[0]), a.Inputs[0], b.Inputs[0]);
        return builder.Add(new Pad(first.Before, second.After, 0), both);
    }

    private static Node? BelowBroadcast(FoldingBuilder builder, Elementwise op, ImmutableArray<Node> x)
    {
        Node? spread = x.FirstOrDefault(n => Uniform.Of(n) is null);
        if (spread?.Op is not Broadcast broadcast)
        {
            return null;
        }

        var sources = ImmutableArray.CreateBuilder<Node>(x.Length);
        foreach (Node operand in x)
        {
            if (Uniform.Of(operand) is { } value)
            {
                sources.Add(Uniform.Make(builder, value, spread.Inputs[0].Shape));
            }
            else if (operand.Op.Equals(broadcast))
            {
                sources.Add(operand.Inputs[0]);
            }
            else
            {
                return null;
            }
        }

        return builder.Add(broadcast, builder.Add(op, sources.ToImmutable()));
    }
}
