using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Passes;

/// <summary>Paddings, concatenations, reversals, reductions and windows that move or combine nothing.</summary>
internal static class MoveRules
{
    public static Node? Apply(FoldingBuilder builder, Primitive op, ImmutableArray<Node> inputs) => op switch
    {
        Pad pad => Simpler(builder, pad, inputs[0]),
        Concat concat => Simpler(builder, concat, inputs),
        Reverse reverse => Simpler(builder, reverse, inputs[0]),
        Reduce reduce => Simpler(builder, reduce, inputs[0]),
        Window window => Simpler(window, inputs[0]),
        _ => null,
    };

    private static Node? Simpler(FoldingBuilder builder, Pad op, Node x)
    {
        if (op.Before.All(n => n == 0) && op.After.All(n => n == 0))
        {
            return x;
        }

        return x.Op is Pad inner && inner.Value.Equals(op.Value)
            ? builder.Add(new Pad(Sum(op.Before, inner.Before), Sum(op.After, inner.After), op.Value), x.Inputs[0])
            : null;
    }

    private static EquatableArray<int> Sum(EquatableArray<int> a, EquatableArray<int> b) => a.Zip(b, (x, y) => x + y).ToEquatable();

    private static Node? Simpler(FoldingBuilder builder, Concat op, ImmutableArray<Node> parts)
    {
        if (parts.Length == 1)
        {
            return parts[0];
        }

        return parts.Any(p => p.Op.Equals(op))
            ? builder.Add(op, parts.SelectMany(p => p.Op.Equals(op) ? p.Inputs : ImmutableArray.Create(p)).ToImmutableArray())
            : null;
    }

    private static Node? Simpler(FoldingBuilder builder, Reverse op, Node x)
    {
        bool isSymmetric = x.Shape[op.Axis] == 1 || (x.Op is Broadcast broadcast && !broadcast.Axes.Contains(op.Axis));
        return isSymmetric ? x : x.Op.Equals(op) ? x.Inputs[0] : null;
    }

    /// <summary>What lies scattered among zeros has the sum it had before.</summary>
    private static Node? Simpler(FoldingBuilder builder, Reduce op, Node x) =>
        op.Axes.All(a => x.Shape[a] == 1) ? builder.Add(new Reshape(x.Shape.Without(op.Axes)), x)
        : op.Kind == Reduction.Sum && x.Op is PlaceWinners && op.Axes.Contains(1) && op.Axes.Contains(2) ? builder.Add(op, x.Inputs[0])
        : x.Op is Broadcast broadcast ? BelowBroadcast(builder, op, broadcast, x.Inputs[0])
        : null;

    /// <summary>Of numbers that repeat each other the maximum is one of them, and the sum so many times one of them.</summary>
    private static Node? BelowBroadcast(FoldingBuilder builder, Reduce op, Broadcast broadcast, Node x)
    {
        int[] own = Enumerable.Range(0, broadcast.Axes.Count).Where(i => op.Axes.Contains(broadcast.Axes[i])).ToArray();
        int[] repeated = op.Axes.Where(a => broadcast.Target[a].IsConstant && !broadcast.Axes.Contains(a)).ToArray();
        int[] gone = own.Select(i => broadcast.Axes[i]).Concat(repeated).ToArray();
        if (gone.Length == 0)
        {
            return null;
        }

        long times = op.Kind == Reduction.Max ? 1 : repeated.Aggregate(1L, (n, a) => n * broadcast.Target[a].Value);
        Node one = own.Length == 0 ? x : builder.Add(op with { Axes = own.ToEquatable() }, x);
        Node all = builder.Add(new Multiply(), one, Uniform.Make(builder, times, one.Shape));
        Node spread = builder.Add(new Broadcast(broadcast.Target.Without(gone), Left(broadcast.Axes)), all);
        return gone.Length == op.Axes.Count ? spread : builder.Add(op with { Axes = Left(op.Axes) }, spread);

        EquatableArray<int> Left(IEnumerable<int> axes) => axes.Except(gone).Select(a => a - gone.Count(g => g < a)).ToEquatable();
    }

    private static Node? Simpler(Window op, Node x)
    {
        bool isPoint = op.Size.Concat(op.Stride).All(n => n == 1) && op.PadBefore.Concat(op.PadAfter).All(n => n == 0);
        return isPoint ? x : null;
    }
}
