using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Passes;

/// <summary>A Reshape reads what it can reach: not another reshape, nor a transpose that moves only axes of extent 1; and it
/// passes below a Broadcast, where it is a reshape of fewer elements.</summary>
internal static class ReshapeRules
{
    public static Node? Apply(FoldingBuilder builder, Reshape op, Node x)
    {
        if (op.Target.Equals(x.Shape))
        {
            return x;
        }

        return x.Op switch
        {
            Reshape => builder.Add(op, Labels.Keep(x, x.Inputs[0])),
            Transpose transpose when TransposeRules.MovesOnlyUnitAxes(transpose, x.Inputs[0].Shape) => builder.Add(op, Labels.Keep(x, x.Inputs[0])),
            Broadcast broadcast => BelowBroadcast(builder, op, x, broadcast),
            _ => null,
        };
    }

    /// <summary>Possible when each group of axes comes from the source as a whole or not at all.</summary>
    private static Node? BelowBroadcast(FoldingBuilder builder, Reshape op, Node x, Broadcast broadcast)
    {
        var sourceSizes = new List<Size>();
        var axes = new List<int>();
        foreach (AxisGroup group in ReshapeGroups.Between(x.Shape, op.Target))
        {
            int fromSource = broadcast.Axes.Count(a => a >= group.From && a < group.From + group.FromCount);
            if (fromSource != 0 && fromSource != group.FromCount)
            {
                return null;
            }

            for (int axis = group.To; fromSource != 0 && axis < group.To + group.ToCount; axis++)
            {
                sourceSizes.Add(op.Target[axis]);
                axes.Add(axis);
            }
        }

        Node source = builder.Add(new Reshape(Shape.Of(sourceSizes)), x.Inputs[0]);
        return builder.Add(new Broadcast(op.Target, axes.ToEquatable()), source);
    }
}
