using DeepGen.Generator.Check;

namespace DeepGen.Generator.Layers;

/// <summary>
/// The extents of a window that slides over an image, one number each for height and width:
/// out = ⌊(in + 2·padding − reach) / stride⌋ + 1 with reach = dilation·(size − 1) + 1.
/// </summary>
internal static class Sliding
{
    /// <summary>Height and width of the output; null after a finding, which is put at the argument that gives the size.</summary>
    public static (int Height, int Width)? Over(
        LayerCall call, string sizeArgument, (int Height, int Width) size, int stride, int padding, int dilation = 1)
    {
        long channels = call.X.Sample[0].Value;
        long height = call.X.Sample[1].Value + (2L * padding);
        long width = call.X.Sample[2].Value + (2L * padding);
        if (!call.Fits("the padded input", channels, height, width))
        {
            return null;
        }

        long reachHeight = ((long)dilation * (size.Height - 1)) + 1;
        long reachWidth = ((long)dilation * (size.Width - 1)) + 1;
        if (reachHeight > height || reachWidth > width)
        {
            call.ReportAt(sizeArgument, "DG0006", call.Layer.Kind, ShapeWords.By(reachHeight, reachWidth), ShapeWords.By(height, width));
            return null;
        }

        return ((int)((height - reachHeight) / stride) + 1, (int)((width - reachWidth) / stride) + 1);
    }
}
