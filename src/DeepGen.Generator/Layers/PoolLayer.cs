using DeepGen.Generator.Check;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Layers;

/// <summary>
/// y[c,i,j] = the maximum, or the mean with the padding's zeros counted, of x[c, i·stride + p − padding, j·stride + q − padding]
/// over p, q below the window's size.
/// </summary>
internal sealed class PoolLayer(string kind, Reduction reduction)
    : Layer(kind, Argument.Size("Size"), Argument.Whole("Stride"), Argument.Whole("Padding"))
{
    public override Term? Apply(LayerCall call)
    {
        if (!call.IsImage())
        {
            return null;
        }

        int size = call.Arguments.Whole("Size");
        int padding = call.Arguments.Whole("Padding");
        int stride = call.Arguments.Whole("Stride") is int written and > 0 ? written : size;
        if (size == 0)
        {
            return call.ReportAt("Size", "DG0005", "Size", "0");
        }

        // So that no window lies wholly in the padding: its maximum would be no number.
        if (padding > size / 2)
        {
            string mustBe = $"at most half of the window's size, {ShapeWords.Number(size / 2)}";
            return call.ReportAt("Padding", "DG0023", "Padding", ShapeWords.Number(padding), mustBe);
        }

        if (Sliding.Over(call, "Size", (size, size), stride, padding) is not (int, int) extents
            || !call.Fits("the output", call.X.Sample[0].Value, extents.Height, extents.Width))
        {
            return null;
        }

        var both = (int n) => EquatableArray.Of(n, n);
        Term y = call.X.ToChannelsLast().Apply(new Window(reduction, both(size), both(stride), both(padding), both(padding)));
        return (reduction == Reduction.Sum ? y * (float)(1.0 / ((double)size * size)) : y).ToChannelsFirst();
    }
}
