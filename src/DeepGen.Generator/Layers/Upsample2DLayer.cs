using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Layers;

/// <summary>
/// Nearest: y[c,i,j] = x[c, ⌊i / factor⌋, ⌊j / factor⌋]. Bilinear: along each side, the value at (i + ½) / factor − ½ on the line
/// between its two neighbours; beyond the edges lies what lies at them.
/// </summary>
internal sealed class Upsample2DLayer() : Layer("Upsample2D", Argument.Size("Factor"), Argument.Choice("Mode", "Nearest", "Bilinear"))
{
    public override Term? Apply(LayerCall call)
    {
        int factor = call.Arguments.Whole("Factor");
        if (factor == 0)
        {
            return call.ReportAt("Factor", "DG0005", "Factor", "0");
        }

        if (!call.IsImage() || !call.Fits("the output", call.X.SampleLength, factor, factor))
        {
            return null;
        }

        bool isNearest = call.Arguments.Whole("Mode") == 0;
        call.FlopsPerValue = isNearest ? 0 : 6;
        Term x = call.X.ToChannelsLast();
        return (isNearest ? Repeated(x, factor) : Between(Between(x, 1, factor), 2, factor)).ToChannelsFirst();
    }

    private static Term Repeated(Term x, int factor)
    {
        (Size height, Size width, Size channels) = (x.Shape[1], x.Shape[2], x.Shape[3]);
        return x
            .Over(Shape.Of(Size.Batch, height, factor, width, factor, channels), 0, 1, 3, 5)
            .Reshape(Shape.Of(Size.Batch, height.Value * factor, width.Value * factor, channels));
    }

    /// <summary>
    /// Of every element m come those at m + d, d = (r + ½) / factor − ½ for r below the factor: x[m] is left for the neighbour on
    /// that side by the share |d| of the way.
    /// </summary>
    private static Term Between(Term x, int axis, int factor)
    {
        int size = x.Shape[axis].Value;
        Term padded = Edges.Along(x, axis, Edge.Replicate, 1, 1);
        Node[] phases = Enumerable.Range(0, factor).Select(r =>
        {
            float share = (float)(((r + 0.5) / factor) - 0.5);
            Term neighbour = padded.Slice(axis, share < 0 ? 0 : 2, size);
            return (share == 0 ? x : (x * (1 - Math.Abs(share))) + (neighbour * Math.Abs(share))).Node;
        }).ToArray();
        return new Term(x.Graph, Phase.Interleave(phases, axis, size * factor, new GradientBuilder(x.Graph)));
    }
}
