using DeepGen.Generator.Check;

namespace DeepGen.Generator.Layers;

/// <summary>
/// The output size of a layer with weights: the size written; or input · Expand / Shrink; or, with nothing written, the
/// input's.
/// </summary>
internal static class OutputSize
{
    public static Argument[] Arguments(string size) => [Argument.Size(size), Argument.Size("Expand"), Argument.Size("Shrink")];

    public static int? Of(LayerCall call, string size, int input)
    {
        Arguments arguments = call.Arguments;
        if (arguments.Has(size))
        {
            foreach (string other in new[] { "Expand", "Shrink" }.Where(arguments.Has))
            {
                call.ReportAt(other, "DG0023", other, ShapeWords.Number(arguments.Whole(other)), $"left out where {size} is given");
                return null;
            }

            return arguments.Whole(size);
        }

        long expanded = arguments.Has("Expand") ? (long)input * arguments.Whole("Expand") : input;
        int divisor = arguments.Has("Shrink") ? arguments.Whole("Shrink") : 1;
        if (expanded % divisor != 0)
        {
            call.ReportAt("Shrink", "DG0023", "Shrink", ShapeWords.Number(divisor), $"a divisor of {ShapeWords.Number(expanded)}");
            return null;
        }

        return call.Fits("the output", expanded / divisor) ? (int)(expanded / divisor) : null;
    }
}
