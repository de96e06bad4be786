using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Lower;

/// <summary>
/// Whether a product with a PlaceWinners goes over the list of its winners or over all places. By list, one vector of image
/// channels is multiplied for each winner; else one vector of outputs for each place and image channel. All winners are taken to
/// be alive.
/// </summary>
internal static class LiveChoice
{
    /// <summary>What a product on the way through a list costs, compared with one in a tile: an estimate, its load and its place in the list counted.</summary>
    private const double ListCost = 1.3;

    /// <summary>Vectors of a patch; each is written out, in tiles.</summary>
    private const int LargestPatch = 256;

    public static bool PaysForFilters(Node node)
    {
        if (node.Op is not FilterGradient { Groups: 1 } op || op.Dilation.Any(d => d != 1) || node.Inputs[1].Op is not PlaceWinners)
        {
            return false;
        }

        (int channels, int outputs) = (node.Shape[2].Value, node.Shape[3].Value);
        return Pays(node.Inputs[1], taps: node.Shape[0].Value * node.Shape[1].Value, channels, byPlace: channels * Lanes.RoundUp(outputs));
    }

    /// <summary>The input's gradient is a convolution of dy; its border must be no wider than the filter reaches.</summary>
    public static bool PaysForImage(Node node)
    {
        if (node.Op is not Convolution { Groups: 1 } op || op.Dilation.Concat(op.Stride).Any(d => d != 1) || node.Inputs[0].Op is not PlaceWinners)
        {
            return false;
        }

        Shape filter = node.Inputs[1].Shape;
        bool reaches = Enumerable.Range(0, 2).All(side => Math.Max(op.PadBefore[side], op.PadAfter[side]) < filter[side].Value);
        int channels = node.Shape[3].Value;
        return reaches
            && Pays(node.Inputs[0], taps: filter[0].Value * filter[1].Value, channels, byPlace: node.Inputs[0].Shape[3].Value * Lanes.RoundUp(channels));
    }

    private static bool Pays(Node winners, int taps, int imageChannels, long byPlace)
    {
        var op = (PlaceWinners)winners.Op;
        double byList = ListCost * winners.Shape[3].Value * Lanes.RoundUp(imageChannels);
        bool fits = imageChannels >= View.ShortestPaddedRow && taps * Lanes.RoundUp(imageChannels) <= LargestPatch * Lanes.Count;
        return fits && byList < (double)byPlace * op.Stride[0] * op.Stride[1];
    }
}
