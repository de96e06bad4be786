using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Interpret;

/// <summary>
/// The cotangent of a convolution's image: each of its phases (one, where the stride is 1) is a convolution of dy with the
/// phase's taps, reversed, inputs and outputs exchanged. No product with a zero between strided values is computed, and what is
/// done to the filters depends on them alone.
/// </summary>
internal static class ConvolutionGradient
{
    public static Node OfImage(Convolution op, Shape image, Node w, Node dy, GradientBuilder g)
    {
        Node exchanged = Exchanged(w, op.Groups, g);
        ImmutableArray<Phase> Side(int side) => Phase.All(op.Stride[side], op.Dilation[side], op.PadBefore[side], w.Shape[side].Value);
        return Phase.Image(image, Side(0), Side(1), (row, column, part) =>
        {
            (int top, int bottom) = (row.Before, row.After(part[1].Value, dy.Shape[1].Value));
            (int left, int right) = (column.Before, column.After(part[2].Value, dy.Shape[2].Value));
            if (Phase.Cut(dy, 1, top, bottom, g) is not { } rows || Phase.Cut(rows, 2, left, right, g) is not { } cut)
            {
                return null;
            }

            var convolution = new Convolution(
                EquatableArray.Of(1, 1),
                EquatableArray.Of(Math.Max(top, 0), Math.Max(left, 0)),
                EquatableArray.Of(Math.Max(bottom, 0), Math.Max(right, 0)),
                EquatableArray.Of(row.Dilation, column.Dilation),
                op.Groups);
            convolution = convolution with { Tile = Tile(op, convolution, w, part) };
            return g.Add(convolution, cut, Taps(Taps(exchanged, 0, row, g), 1, column, g));
        }, g);
    }

    /// <summary>Whoever lets the layer be computed in tiles lets its gradient be; which ones are cheap, its own shape says.</summary>
    private static int Tile(Convolution forward, Convolution backward, Node w, Shape image) =>
        forward.Tile != 0 && backward.AllowsTiles(w.Shape[0].Value, w.Shape[1].Value)
            ? WinogradTile.Cheapest(image[1].Value, image[2].Value, w.Shape[3].Value, w.Shape[2].Value)
            : 0;

    /// <summary>The phase's taps along one side, the last first.</summary>
    private static Node Taps(Node w, int side, Phase phase, GradientBuilder g) =>
        g.Reverse(g.Slice(w, side, phase.First, phase.Taps, phase.Step), side);

    /// <summary>w[p, q, c, o] → w[p, q, o, c], in each group by itself.</summary>
    private static Node Exchanged(Node w, int groups, GradientBuilder g)
    {
        (Size height, Size width, Size inputs, int outputs) = (w.Shape[0], w.Shape[1], w.Shape[2], w.Shape[3].Value / groups);
        if (groups == 1)
        {
            return g.Transpose(w, 0, 1, 3, 2);
        }

        Node apart = g.Reshape(w, Shape.Of(height, width, inputs, groups, outputs));
        Node turned = inputs == 1 && outputs == 1 ? apart : g.Transpose(apart, 0, 1, 4, 3, 2);
        return g.Reshape(turned, Shape.Of(height, width, outputs, groups * inputs.Value));
    }
}
