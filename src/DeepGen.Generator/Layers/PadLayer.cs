using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Layers;

/// <summary>Rows and columns around an image, or steps before and after a signal.</summary>
internal sealed class PadLayer(string kind, int sides) : Layer(
    kind,
    [
        Argument.Whole("Padding"), Argument.Whole("Left"), Argument.Whole("Right"),
        .. sides == 2 ? new[] { Argument.Whole("Top"), Argument.Whole("Bottom") } : [],
        Edges.Argument("Mode"),
    ])
{
    public override Term? Apply(LayerCall call)
    {
        if (!call.IsImage(sides))
        {
            return null;
        }

        int Width(string argument) => call.Arguments.Whole(call.Arguments.Has(argument) ? argument : "Padding");
        int[] before = [sides == 1 ? 0 : Width("Top"), Width("Left")];
        int[] after = [sides == 1 ? 0 : Width("Bottom"), Width("Right")];
        Shape x = call.X.Sample;
        long height = sides == 1 ? 1 : (long)x[1].Value + before[0] + after[0];
        long width = (long)x[sides].Value + before[1] + after[1];
        if (!call.Fits("the output", x[0].Value, height, width) || !Edges.Fit(call, "Padding", "Mode", before, after))
        {
            return null;
        }

        call.FlopsPerValue = 0;
        return call.X.ToChannelsLast().WithEdges(Edges.Of(call, "Mode"), before, after).ToChannelsFirst(sides);
    }
}
