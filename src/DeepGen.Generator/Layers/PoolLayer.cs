using DeepGen.Generator.Check;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Layers;

/// <summary>
/// y[c,i,j] = the maximum, or the mean with the padding's zeros counted, of x[c, i·stride + p − padding, j·stride + q − padding]
/// over p, q below the window's size; and the same along a signal.
/// </summary>
internal sealed class PoolLayer(string kind, int sides, Reduction reduction)
    : Layer(kind, Argument.Size("Size"), Argument.Whole("Stride"), Argument.Whole("Padding"))
{
    public override Term? Apply(LayerCall call)
    {
        if (!call.IsImage(sides))
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

        var window = new Slide(sides, sides == 1 ? 1 : size, size, stride, padding, padding);
        if (window.Over(call, "Size") is not (int, int) extents || !call.Fits("the output", call.X.Sample[0].Value, extents.Height, extents.Width))
        {
            return null;
        }

        Term y = call.X.ToChannelsLast().Apply(new Window(reduction, window.Size, window.Strides, window.PadBefore, window.PadAfter));
        return (reduction == Reduction.Sum ? y * (float)(1.0 / Saturating.Product(window.Height, window.Width)) : y).ToChannelsFirst(sides);
    }
}
