using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Layers;

/// <summary>
/// y[o,i,j] = b[o] + Σ over c,p,q of w[o,c,p,q] · x[c, i·stride + p·dilation − padding, j·stride + q·dilation − padding], an
/// output's c being the channels of its group; and the same along a signal.
/// </summary>
internal abstract class ConvolutionLayer(string kind, int sides, params Argument[] more) : Layer(kind, [.. Filters.Arguments(sides), Edges.Argument("PaddingMode"), .. more])
{
    public override Term? Apply(LayerCall call)
    {
        if (!call.IsImage(sides)
            || Filters.Kernel(call, sides) is not (int, int) kernel
            || OutputSize.Of(call, "Channels", call.X.Sample[0].Value) is not int channels
            || Filters.Groups(call, channels) is not int groups
            || Window(call, kernel) is not Slide window
            || window.Over(call, "Kernel") is not (int, int) size
            || !call.Fits("the output", channels, size.Height, size.Width)
            || !Edges.Fit(call, "Padding", "PaddingMode", window.PadBefore, window.PadAfter))
        {
            return null;
        }

        int depth = call.X.Sample[0].Value / groups;
        long fanIn = Saturating.Product(depth, kernel.Height, kernel.Width);
        call.FlopsPerValue = Saturating.Product(2, fanIn);
        Term weight = Filters.Weight(call, sides, fanIn, channels, depth, kernel);
        Term x = (SeesLater(call) ? call.Scope.Steps.Within(call.X) : call.X).ToChannelsLast();
        if (Edges.Of(call, "PaddingMode") is var edges && edges != Edge.Zeros)
        {
            x = x.WithEdges(edges, window.PadBefore, window.PadAfter);
            window = window with { Before = 0, After = 0 };
        }

        var convolution = new Convolution(window.Strides, window.PadBefore, window.PadAfter, window.Dilations, groups);
        convolution = convolution with { Tile = Tile(call, convolution, kernel, size, channels) };
        return x.Apply(convolution, weight.ToFilters()).PlusBias(call, fanIn).ToChannelsFirst(sides);
    }

    /// <summary>The window; null after a finding.</summary>
    protected virtual Slide? Window(LayerCall call, (int Height, int Width) kernel)
    {
        int padding = call.Arguments.Whole("Padding");
        return new(sides, kernel.Height, kernel.Width, call.Arguments.Whole("Stride"), padding, padding, call.Arguments.Whole("Dilation"));
    }

    /// <summary>Whether what it gives for a step depends on later ones.</summary>
    protected virtual bool SeesLater(LayerCall call) => true;

    protected virtual int Tile(LayerCall call, Convolution convolution, (int Height, int Width) kernel, (int Height, int Width) size, int channels) => 0;
}

/// <summary>A convolution over an image.</summary>
internal sealed class Conv2DLayer() : ConvolutionLayer("Conv2D", 2, ConvolutionTiles.Argument)
{
    protected override int Tile(LayerCall call, Convolution convolution, (int Height, int Width) kernel, (int Height, int Width) size, int channels) =>
        ConvolutionTiles.Of(call, convolution, kernel, size, channels);
}

/// <summary>A convolution along a signal, which may be kept from seeing what comes later.</summary>
internal sealed class Conv1DLayer() : ConvolutionLayer("Conv1D", 1, Argument.Flag("Causal", false))
{
    protected override bool SeesLater(LayerCall call) => !call.Arguments.Flag("Causal");

    protected override Slide? Window(LayerCall call, (int Height, int Width) kernel)
    {
        Slide window = base.Window(call, kernel)!;
        if (!call.Arguments.Flag("Causal"))
        {
            return window;
        }

        if (window.Before > 0)
        {
            call.ReportAt("Padding", "DG0023", "Padding", Check.ShapeWords.Number(window.Before), "left out where Causal says how much there is");
            return null;
        }

        return window with { Before = (long)window.Dilation * (kernel.Width - 1) };
    }
}
