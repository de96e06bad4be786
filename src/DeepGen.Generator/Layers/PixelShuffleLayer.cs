using DeepGen.Generator.Check;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Layers;

/// <summary>y[c, i·factor + p, j·factor + q] = x[c·factor² + p·factor + q, i, j].</summary>
internal sealed class PixelShuffleLayer() : Layer("PixelShuffle", Argument.Size("Factor"))
{
    public override Term? Apply(LayerCall call)
    {
        int factor = call.Arguments.Whole("Factor");
        if (factor == 0)
        {
            return call.ReportAt("Factor", "DG0005", "Factor", "0");
        }

        if (!call.IsImage())
        {
            return null;
        }

        Shape x = call.X.Sample;
        long square = (long)factor * factor;
        if (x[0].Value % square != 0)
        {
            return call.ReportAt("Factor", "DG0023", "Factor", ShapeWords.Number(factor), $"such that its square divides {ShapeWords.Number(x[0].Value)} channels");
        }

        call.FlopsPerValue = 0;
        int channels = (int)(x[0].Value / square);
        return call.X.ToChannelsLast()
            .Reshape(Shape.Of(call.X.Shape[0], x[1], x[2], channels, factor, factor))
            .Transpose(0, 1, 4, 2, 5, 3)
            .Reshape(Shape.Of(call.X.Shape[0], x[1].Value * factor, x[2].Value * factor, channels))
            .ToChannelsFirst();
    }
}
