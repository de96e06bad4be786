using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Passes;

/// <summary>
/// Parts with zeros around them, added up to a whole, are the parts one after another: what comes of the gradients of slices.
/// </summary>
internal static class PadRules
{
    public static bool IsPadded(Node node) => Axis(node) >= 0 || (node.Op is Add && node.Inputs.All(IsPadded));

    /// <summary>Null where the parts leave gaps or overlap.</summary>
    public static Node? Concat(FoldingBuilder builder, Node a, Node b)
    {
        List<Node> parts = Parts(a).Concat(Parts(b)).ToList();
        int axis = Axis(parts[0]);
        if (!a.Shape[axis].IsConstant || parts.Any(p => Axis(p) != axis))
        {
            return null;
        }

        parts = parts.OrderBy(Before).ToList();
        int end = 0;
        foreach (Node part in parts)
        {
            if (Before(part) != end)
            {
                return null;
            }

            end += part.Inputs[0].Shape[axis].Value;
        }

        return end == a.Shape[axis].Value ? builder.Add(new Concat(axis), parts.Select(p => p.Inputs[0]).ToArray()) : null;

        int Before(Node part) => ((Pad)part.Op).Before[axis];
    }

    private static IEnumerable<Node> Parts(Node node) => node.Op is Add ? node.Inputs.SelectMany(Parts) : [node];

    /// <summary>The one axis along which a value has zeros added; -1 for any other value.</summary>
    private static int Axis(Node node)
    {
        if (node.Op is not Pad { Value: 0 } pad)
        {
            return -1;
        }

        int[] axes = Enumerable.Range(0, node.Shape.Rank).Where(a => pad.Before[a] != 0 || pad.After[a] != 0).ToArray();
        return axes.Length == 1 ? axes[0] : -1;
    }
}
