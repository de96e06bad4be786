using System.Collections.Immutable;
using DeepGen.Generator.Declare;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Interpret.Streams;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Check;

/// <summary>
/// Where samples end before an axis does, a sum over the axis has to be nothing beyond the end. Layers see to that; this looks at the
/// primitives whether they did. A loop over steps leaves its states alone beyond the end, or gives them step by step.
/// </summary>
internal sealed class RaggedCheck(ImmutableHashSet<string> ragged)
{
    public static IEnumerable<Finding> Findings(NetworkSpec spec, Graph graph)
    {
        ImmutableHashSet<string> ragged = spec.Module.Inputs.Select(i => i.Ends).Where(e => e.Length > 0).ToImmutableHashSet();
        if (ragged.IsEmpty || new RaggedCheck(ragged).Wrong(graph) is not { } node)
        {
            return [];
        }

        string place = $"{spec.Module.TypeName}/lengths:{spec.Module.Inputs.First(i => i.Ends.Length > 0).Ends}";
        return [new Finding("DG0034", place, EquatableArray.Of(ReadingCheck.Layers(spec, graph)[node], string.Join(", ", ragged), node.Op.Name))];
    }

    /// <summary>The first node in which steps beyond a sample's last meet others; null if there is none.</summary>
    private Node? Wrong(Graph graph)
    {
        foreach (Node node in graph.Nodes)
        {
            if (node.Op is Repeat repeat && !IsRagged(repeat.Count) && Wrong(repeat.Body) is { } inside)
            {
                return inside;
            }

            if (!IsRight(node))
            {
                return node;
            }
        }

        return null;
    }

    private bool IsRight(Node node)
    {
        if (node.Types.Any(t => t.Shape.Any(s => IsRagged(s) && s.Offset != 0)))
        {
            return false;
        }

        switch (node.Op)
        {
            case Extent extent:
                return !IsRagged(extent.Of);
            case Input or Parameter or Constant or Positions or Elementwise or Broadcast or Transpose or Reshape or Repeat or Item or Reverse or Gather or Adjacency or SparseProduct or EdgeSum or EdgeLogSum:
                return true;
            case Reduce reduce:
                return reduce.Axes.All(a => IsNothing(node.Inputs[0], a, reduce.Kind));
            case MatMul product:
                (Node x, Node y) = (node.Inputs[0], node.Inputs[1]);
                return product.Triangle == Triangle.Left || IsNothing(x, x.Shape.Rank - 1, Reduction.Sum) || Beyond(y, y.Shape.Rank - 2) == 0;
            case Convolution convolution:
                return new[] { 0, 1 }.All(side => !IsRagged(node.Shape[side + 1])
                    || convolution.PadBefore[side] == convolution.Dilation[side] * (node.Inputs[1].Shape[side].Value - 1)
                    || Beyond(node.Inputs[0], side + 1) == 0);
            case Slice slice:
                return !IsRagged(node.Inputs[0].Shape[slice.Axis]);
            case Concat concat:
                return !node.Inputs.Any(i => IsRagged(i.Shape[concat.Axis]));
            case Pad pad:
                return Enumerable.Range(0, node.Shape.Rank).All(a => pad.Before[a] + pad.After[a] == 0 || !IsRagged(node.Inputs[0].Shape[a]));
            default:
                return !node.Inputs.Any(i => i.Types.Any(t => t.Shape.Any(IsRagged)));
        }
    }

    private bool IsRagged(Size size) => size.Symbol is { } symbol && ragged.Contains(symbol);

    /// <summary>Whether the steps beyond the last add nothing, or are later than any that looks at them.</summary>
    private bool IsNothing(Node x, int axis, Reduction kind) => !IsRagged(x.Shape[axis])
        || IsNothing(Beyond(x, axis), kind)
        || Enumerable.Range(0, x.Shape.Rank).Any(a => a != axis && x.Shape[a] == x.Shape[axis] && IsNothing(Causality.Later(x, a, axis, null), kind));

    private static bool IsNothing(float? value, Reduction kind) => kind == Reduction.Sum ? value == 0 : value <= -1e29f;

    /// <summary>What a value holds beyond the last step along an axis, if that is one number.</summary>
    private static float? Beyond(Node node, int axis)
    {
        if (GradientBuilder.Number(node) is { } number)
        {
            return number;
        }

        float?[] Operands(IEnumerable<Node> nodes) => nodes.Select(i => Beyond(i, axis)).ToArray();
        switch (node.Op)
        {
            // A step comes before the end, or not.
            case Compare { Kind: Comparison.Less } when IsPositions(node.Inputs[0], axis) && node.Inputs[1].Op is Broadcast end && !end.Axes.Contains(axis):
                return 0;
            case Select when Operands(node.Inputs) is var parts:
                return parts[0] is { } where ? parts[where != 0 ? 1 : 2] : parts[1] == parts[2] ? parts[1] : null;
            case Elementwise op when Operands(node.Inputs) is var x:
                return x.Any(o => o is null) ? null : (float)op.Apply(x[0]!.Value, x.Length > 1 ? x[1]!.Value : 0, x.Length > 2 ? x[2]!.Value : 0);
            // There are no edges beyond the last node of a graph, neither from there nor to there.
            case SparseProduct or EdgeSum or EdgeLogSum when axis == node.Shape.Rank - 2:
                return 0;
            case Transpose transpose:
                return Beyond(node.Inputs[0], transpose.Permutation[axis]);
            case Broadcast broadcast when broadcast.Axes.Contains(axis):
                return Beyond(node.Inputs[0], broadcast.Axes.Items.IndexOf(axis));
            case Reshape:
                int place = node.Shape.Take(axis).Count(s => s.IsOpen);
                int[] open = Enumerable.Range(0, node.Inputs[0].Shape.Rank).Where(a => node.Inputs[0].Shape[a].IsOpen).ToArray();
                return place < open.Length ? Beyond(node.Inputs[0], open[place]) : null;
            default:
                return null;
        }
    }

    private static bool IsPositions(Node node, int axis) =>
        node.Op is Broadcast { Axes.Count: 1 } broadcast && broadcast.Axes[0] == axis && node.Inputs[0].Op is Positions;
}
