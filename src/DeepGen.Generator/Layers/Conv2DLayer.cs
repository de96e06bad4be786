using DeepGen.Generator.Check;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Layers;

/// <summary>
/// y[o,i,j] = b[o] + Σ over c,p,q of w[o,c,p,q] · x[c, i·stride + p·dilation − padding, j·stride + q·dilation − padding], an
/// output's c being the channels of its group.
/// </summary>
internal sealed class Conv2DLayer() : Layer("Conv2D", [
    .. OutputSize.Arguments("Channels"),
    Argument.Size("Kernel"), Argument.Size("KernelHeight"), Argument.Size("KernelWidth"),
    Argument.Size("Stride", 1), Argument.Whole("Padding"), Argument.Size("Dilation", 1),
    Argument.Size("Groups", 1), Argument.Flag("Depthwise", false), Argument.Flag("Bias", true), ConvolutionTiles.Argument, Initialisation.Argument("Init")])
{
    public override Term? Apply(LayerCall call)
    {
        if (!call.IsImage()
            || Kernel(call) is not (int, int) kernel
            || OutputSize.Of(call, "Channels", call.X.Sample[0].Value) is not int channels
            || Groups(call, channels) is not int groups)
        {
            return null;
        }

        int stride = call.Arguments.Whole("Stride");
        int padding = call.Arguments.Whole("Padding");
        int dilation = call.Arguments.Whole("Dilation");
        if (Sliding.Over(call, "Kernel", kernel, stride, padding, dilation) is not (int, int) size
            || !call.Fits("the output", channels, size.Height, size.Width))
        {
            return null;
        }

        int depth = call.X.Sample[0].Value / groups;
        long fanIn = Saturating.Product(depth, kernel.Height, kernel.Width);
        call.FlopsPerValue = Saturating.Product(2, fanIn);
        Term weight = call.Weight(fanIn, channels, depth, kernel.Height, kernel.Width);
        var both = (int n) => EquatableArray.Of(n, n);
        var convolution = new Convolution(both(stride), both(padding), both(padding), both(dilation), groups);
        convolution = convolution with { Tile = ConvolutionTiles.Of(call, convolution, kernel, size, channels) };
        Term y = call.X.ToChannelsLast().Apply(convolution, weight.Transpose(2, 3, 1, 0));
        return (call.Arguments.Flag("Bias") ? y + call.Bias(fanIn, channels).Over(y.Shape, 3) : y).ToChannelsFirst();
    }

    private (int Height, int Width)? Kernel(LayerCall call)
    {
        int square = call.Arguments.Whole("Kernel");
        int height = call.Arguments.Has("KernelHeight") ? call.Arguments.Whole("KernelHeight") : square;
        int width = call.Arguments.Has("KernelWidth") ? call.Arguments.Whole("KernelWidth") : square;
        if (height > 0 && width > 0)
        {
            return (height, width);
        }

        call.ReportAt("Kernel", "DG0005", "Kernel", "0");
        return null;
    }

    private int? Groups(LayerCall call, int channels)
    {
        int inputs = call.X.Sample[0].Value;
        bool isDepthwise = call.Arguments.Flag("Depthwise");
        int groups = isDepthwise ? inputs : call.Arguments.Whole("Groups");
        foreach (int count in new[] { inputs, channels }.Where(n => n % groups != 0))
        {
            string argument = isDepthwise ? "Depthwise" : "Groups";
            call.ReportAt(argument, "DG0007", Kind, ShapeWords.Number(count), ShapeWords.Number(groups));
            return null;
        }

        return groups;
    }
}
