using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Layers;

/// <summary>y[c,i,j] = x[c, ⌊i / factor⌋, ⌊j / factor⌋].</summary>
internal sealed class Upsample2DLayer() : Layer("Upsample2D", Argument.Size("Factor"))
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

        call.FlopsPerValue = 0;
        Term x = call.X.ToChannelsLast();
        Size height = x.Shape[1];
        Size width = x.Shape[2];
        Size channels = x.Shape[3];
        return x
            .Over(Shape.Of(Size.Batch, height, factor, width, factor, channels), 0, 1, 3, 5)
            .Reshape(Shape.Of(Size.Batch, height.Value * factor, width.Value * factor, channels))
            .ToChannelsFirst();
    }
}
