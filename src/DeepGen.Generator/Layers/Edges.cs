using DeepGen.Generator.Check;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Layers;

/// <summary>The names and numbers are those of the attributes' enumeration.</summary>
internal enum Edge
{
    Zeros,
    Reflect,
    Replicate,
    Circular,
}

/// <summary>
/// What lies beyond the edges of a channels-last image, one side after the other: of a b c, two elements beyond each edge are
/// 0 0, mirrored c b | b a, repeated a a | c c, or those of the other end b c | a b.
/// </summary>
internal static class Edges
{
    public static Argument Argument(string name) => Layers.Argument.Choice(name, Enum.GetNames(typeof(Edge)));

    public static Edge Of(LayerCall call, string argument) => (Edge)call.Arguments.Whole(argument);

    /// <summary>Whether the image has as many elements as lie beyond an edge; if not, that is said.</summary>
    public static bool Fit(LayerCall call, string padding, string mode, IReadOnlyList<int> before, IReadOnlyList<int> after)
    {
        Edge edge = Of(call, mode);
        if (edge is Edge.Zeros or Edge.Replicate)
        {
            return true;
        }

        int sides = call.X.Sample.Rank - 1;
        for (int side = 2 - sides; side < 2; side++)
        {
            int size = call.X.Sample[side + sides - 1].Value;
            int widest = Math.Max(before[side], after[side]);
            int most = edge == Edge.Reflect ? size - 1 : size;
            if (widest > most)
            {
                string why = edge == Edge.Reflect ? "less than the size it mirrors" : "at most the size it goes round";
                call.ReportAt(padding, "DG0023", padding, ShapeWords.Number(widest), $"{why}, {ShapeWords.Number(size)}");
                return false;
            }
        }

        return true;
    }

    /// <summary>The image [B,H,W,C] with rows and columns beyond its edges.</summary>
    public static Term WithEdges(this Term x, Edge edge, IReadOnlyList<int> before, IReadOnlyList<int> after) =>
        Along(Along(x, 1, edge, before[0], after[0]), 2, edge, before[1], after[1]);

    /// <summary>The same along one axis.</summary>
    public static Term Along(Term x, int axis, Edge edge, int before, int after)
    {
        int size = x.Shape[axis].Value;
        if (edge == Edge.Zeros)
        {
            return x.Pad(axis, before, after);
        }

        Term[] parts =
        [
            .. before == 0 ? [] : new[] { edge switch
            {
                Edge.Reflect => x.Slice(axis, 1, before).Reverse(axis),
                Edge.Circular => x.Slice(axis, size - before, before),
                _ => Repeated(x.Slice(axis, 0, 1), axis, before),
            } },
            x,
            .. after == 0 ? [] : new[] { edge switch
            {
                Edge.Reflect => x.Slice(axis, size - 1 - after, after).Reverse(axis),
                Edge.Circular => x.Slice(axis, 0, after),
                _ => Repeated(x.Slice(axis, size - 1, 1), axis, after),
            } },
        ];
        return parts.Length == 1 ? x : parts[0].Apply(new Concat(axis), parts.Skip(1).ToArray());
    }

    private static Term Repeated(Term x, int axis, int count) =>
        x.Reshape(x.Shape.Without([axis])).Over(x.Shape.With(axis, count), Enumerable.Range(0, x.Shape.Rank).Where(a => a != axis).ToArray());
}
