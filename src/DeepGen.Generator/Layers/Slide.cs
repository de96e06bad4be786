using DeepGen.Generator.Check;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Layers;

/// <summary>
/// A window that slides over an image (two sides) or along a signal (one side, an image of a single row). Along each side
/// out = ⌊(in + before + after − reach) / stride⌋ + 1 with reach = dilation·(size − 1) + 1.
/// </summary>
internal sealed record Slide(int Sides, int Height, int Width, int Stride, long Before, long After, int Dilation = 1)
{
    public EquatableArray<int> Size => EquatableArray.Of(Height, Width);

    public EquatableArray<int> Strides => Each(Stride, 1);

    public EquatableArray<int> Dilations => Each(Dilation, 1);

    public EquatableArray<int> PadBefore => Each((int)Before, 0);

    public EquatableArray<int> PadAfter => Each((int)After, 0);

    /// <summary>Height and width of the output; null after a finding, which is put at the argument that gives the size.</summary>
    public (int Height, int Width)? Over(LayerCall call, string sizeArgument)
    {
        Shape x = call.X.Sample;
        long[] padded = Enumerable.Range(1, Sides).Select(side => x[side].Value + Before + After).ToArray();
        if (!call.Fits("the padded input", [x[0].Value, .. padded]))
        {
            return null;
        }

        long[] reach = Size.Skip(2 - Sides).Select(n => ((long)Dilation * (n - 1)) + 1).ToArray();
        if (reach.Zip(padded, (needed, given) => needed > given).Any(isTooLarge => isTooLarge))
        {
            call.ReportAt(sizeArgument, "DG0006", call.Layer.Kind, ShapeWords.By(reach), ShapeWords.By(padded));
            return null;
        }

        int[] size = padded.Zip(reach, (given, needed) => (int)((given - needed) / Stride) + 1).ToArray();
        return (Sides == 1 ? 1 : size[0], size[Sides - 1]);
    }

    private EquatableArray<int> Each(int n, int acrossSignal) => EquatableArray.Of(Sides == 1 ? acrossSignal : n, n);
}
