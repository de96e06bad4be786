using DeepGen.Generator.Check;
using DeepGen.Generator.Declare;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Layers;

/// <summary>
/// Whether a convolution is computed in tiles. What a layer says of itself must be possible; what the network says holds
/// where it is.
/// </summary>
internal static class ConvolutionTiles
{
    private const int Winograd = 1;

    public static Argument Argument { get; } = Layers.Argument.Choice("Algorithm", "Direct", "Winograd");

    /// <summary>The tile's size, 0 for plain sums.</summary>
    public static int Of(LayerCall call, Convolution convolution, (int Height, int Width) kernel, (int Height, int Width) size, int channels)
    {
        bool isOwn = call.Arguments.Has("Algorithm");
        bool isWanted = isOwn ? call.Arguments.Whole("Algorithm") == Winograd : call.Scope.UsesTiles;
        if (!isWanted)
        {
            return 0;
        }

        if (convolution.AllowsTiles(kernel.Height, kernel.Width))
        {
            return WinogradTile.Cheapest(size.Height, size.Width, call.X.Sample[0].Value, channels);
        }

        if (isOwn)
        {
            call.ReportAt(
                "Algorithm", "DG0023", "Algorithm", "Winograd", "Direct, unless the kernel is 3 x 3, stride and dilation are 1 and there is one group");
        }

        return 0;
    }

    /// <summary>What the network says of all its convolutions.</summary>
    public static bool OfNetwork(NetworkSpec spec, Journal journal) =>
        Elaborator.OfNetwork(spec, spec.Convolutions, "convolutions", Argument, journal) == Winograd;
}
