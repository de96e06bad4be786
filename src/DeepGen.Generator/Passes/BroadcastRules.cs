using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Passes;

/// <summary>A Broadcast reads as few elements as it can: its source is no broadcast, has no needless axes of extent 1, and is
/// in the order of the target (what had to be transposed is the smaller tensor).</summary>
internal static class BroadcastRules
{
    public static Node? Apply(FoldingBuilder builder, Broadcast op, Node x)
    {
        if (op.Target.Equals(x.Shape) && Permutation.IsIncreasing(op.Axes))
        {
            return x;
        }

        if (!Permutation.IsIncreasing(op.Axes))
        {
            EquatableArray<int> order = Permutation.Sorting(op.Axes);
            var sorted = new Broadcast(op.Target, order.Select(i => op.Axes[i]).ToEquatable());
            return builder.Add(sorted, builder.Add(new Transpose(order), x));
        }

        if (x.Op is Broadcast inner)
        {
            return builder.Add(new Broadcast(op.Target, inner.Axes.Select(a => op.Axes[a]).ToEquatable()), x.Inputs[0]);
        }

        return x.Op is Reshape ? WithoutUnitAxes(builder, op, x) : null;
    }

    /// <summary>[C] reshaped to [C,1,1] and broadcast is [C] broadcast.</summary>
    private static Node? WithoutUnitAxes(FoldingBuilder builder, Broadcast op, Node x)
    {
        var axes = new List<int>();
        foreach (AxisGroup group in ReshapeGroups.Between(x.Inputs[0].Shape, x.Shape))
        {
            if (group is { FromCount: 1, ToCount: 1 })
            {
                axes.Add(op.Axes[group.To]);
            }
            else if (group.FromCount > 0)
            {
                return null;
            }
        }

        return builder.Add(new Broadcast(op.Target, axes.ToEquatable()), x.Inputs[0]);
    }
}
