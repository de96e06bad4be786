using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Passes;

/// <summary>A Slice reads from where its elements come from: through other slices, a Concat, or a Broadcast.</summary>
internal static class SliceRules
{
    public static Node? Apply(FoldingBuilder builder, Slice op, Node x)
    {
        if (op.Start == 0 && op.Step == 1 && x.Shape[op.Axis] == op.Length)
        {
            return x;
        }

        // A single element needs no step; one way to write it lets equal slices meet.
        if (op.Length == 1 && op.Step != 1)
        {
            return builder.Add(op with { Step = 1 }, x);
        }

        return x.Op switch
        {
            Slice inner when inner.Axis == op.Axis => builder.Add(
                new Slice(op.Axis, inner.Start + (op.Start * inner.Step), op.Length, op.Step * inner.Step), x.Inputs[0]),
            Concat concat when concat.Axis == op.Axis => FromConcat(builder, op, x.Inputs),
            Broadcast broadcast => BelowBroadcast(builder, op, x, broadcast),
            _ => null,
        };
    }

    private static Node? FromConcat(FoldingBuilder builder, Slice op, ImmutableArray<Node> parts)
    {
        int first = op.Start;
        if (op.Length.IsOpen)
        {
            return null;
        }

        int last = op.Start + ((op.Length.Value - 1) * op.Step);
        foreach (Node part in parts)
        {
            if (!part.Shape[op.Axis].IsConstant)
            {
                return null;
            }

            int length = part.Shape[op.Axis].Value;
            if (Math.Min(first, last) >= 0 && Math.Max(first, last) < length)
            {
                return builder.Add(op with { Start = first }, part);
            }

            first -= length;
            last -= length;
        }

        return null;
    }

    private static Node BelowBroadcast(FoldingBuilder builder, Slice op, Node x, Broadcast broadcast)
    {
        int sourceAxis = broadcast.Axes.Items.IndexOf(op.Axis);
        Node source = sourceAxis < 0 ? x.Inputs[0] : builder.Add(op with { Axis = sourceAxis }, x.Inputs[0]);
        return builder.Add(new Broadcast(x.Shape.With(op.Axis, op.Length), broadcast.Axes), source);
    }
}
