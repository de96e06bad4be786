using DeepGen.Generator.Check;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Layers;

/// <summary>
/// The transpose of the convolution with the same filters: x[c,i,j] · w[c,o,p,q] is added to
/// y[o, i·stride + p·dilation − padding, j·stride + q·dilation − padding], and b[o] to all of it. So it is what the gradient
/// of an image is: a convolution of stride 1 for each phase of the output.
/// </summary>
internal sealed class TransposedConvolutionLayer(string kind, int sides) : Layer(kind, [.. Filters.Arguments(sides), Argument.Whole("OutputPadding")])
{
    private const int MostPhases = 1024;

    public override Term? Apply(LayerCall call)
    {
        if (!call.IsImage(sides)
            || Filters.Kernel(call, sides) is not (int, int) kernel
            || OutputSize.Of(call, "Channels", call.X.Sample[0].Value) is not int channels
            || Filters.Groups(call, channels) is not int groups)
        {
            return null;
        }

        int padding = call.Arguments.Whole("Padding");
        var window = new Slide(sides, kernel.Height, kernel.Width, call.Arguments.Whole("Stride"), padding, padding, call.Arguments.Whole("Dilation"));
        long phases = Saturating.Product(window.Strides[0], window.Strides[1]);
        if (phases > MostPhases)
        {
            return call.Report("DG0024", $"the phases of {Kind}", ShapeWords.Number(phases) + $", one for each step of its stride; there may be {ShapeWords.Number(MostPhases)}");
        }

        Term x = call.X.ToChannelsLast();
        if (Size(call, window, x.Shape) is not (long, long) size || !call.Fits("the output", channels, size.Height, size.Width))
        {
            return null;
        }

        int depth = call.X.Sample[0].Value;
        int width = channels / groups;
        long fanIn = Saturating.Product(width, kernel.Height, kernel.Width);
        long products = Saturating.Product(2, depth / groups, kernel.Height, kernel.Width);
        call.FlopsPerValue = products / Math.Min(products, phases);
        Term weight = Filters.Weight(call, sides, fanIn, depth, width, kernel);
        var forward = new Convolution(window.Strides, window.PadBefore, window.PadAfter, window.Dilations, groups);
        Shape image = Shape.Of(x.Shape[0], (int)size.Height, (int)size.Width, channels);
        var y = new Term(x.Graph, ConvolutionGradient.OfImage(forward, image, weight.ToFilters().Node, x.Node, new GradientBuilder(x.Graph)));
        return y.PlusBias(call, fanIn).ToChannelsFirst(sides);
    }

    /// <summary>Along each side out = (in − 1)·stride − 2·padding + dilation·(kernel − 1) + outputPadding + 1.</summary>
    private (long Height, long Width)? Size(LayerCall call, Slide window, Shape x)
    {
        int extra = call.Arguments.Whole("OutputPadding");
        int most = Math.Max(window.Stride, window.Dilation);
        if (extra >= most)
        {
            call.ReportAt("OutputPadding", "DG0023", "OutputPadding", ShapeWords.Number(extra), $"less than the stride or the dilation, {ShapeWords.Number(most)}");
            return null;
        }

        long Whole(int side) => side < 2 - sides ? 1
            : ((x[1 + side].Value - 1L) * window.Stride) + ((long)window.Dilation * (window.Size[side] - 1)) + extra + 1;
        long least = Enumerable.Range(2 - sides, sides).Min(Whole);
        if (least - (2 * window.Before) < 1)
        {
            string mustBe = $"at most {ShapeWords.Number((least - 1) / 2)}, so that something is left of {ShapeWords.Number(least)}";
            call.ReportAt("Padding", "DG0023", "Padding", ShapeWords.Number(window.Before), mustBe);
            return null;
        }

        return (Whole(0) - (2 * window.PadBefore[0]), Whole(1) - (2 * window.PadBefore[1]));
    }
}
