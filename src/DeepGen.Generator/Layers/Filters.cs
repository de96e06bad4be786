using DeepGen.Generator.Check;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Layers;

/// <summary>What convolutions and transposed ones, over images (two sides) and signals (one), are told of their filters.</summary>
internal static class Filters
{
    public static Argument[] Arguments(int sides) =>
    [
        .. OutputSize.Arguments("Channels"),
        Argument.Size("Kernel"),
        .. sides == 2 ? new[] { Argument.Size("KernelHeight"), Argument.Size("KernelWidth") } : [],
        Argument.Size("Stride", 1), Argument.Whole("Padding"), Argument.Size("Dilation", 1),
        Argument.Size("Groups", 1), Argument.Flag("Depthwise", false), Argument.Flag("Bias", true), Initialisation.Argument("Init"),
    ];

    /// <summary>The kernel's height and width; that of a signal is one high.</summary>
    public static (int Height, int Width)? Kernel(LayerCall call, int sides)
    {
        int square = call.Arguments.Whole("Kernel");
        int height = call.Arguments.Has("KernelHeight") ? call.Arguments.Whole("KernelHeight") : square;
        int width = call.Arguments.Has("KernelWidth") ? call.Arguments.Whole("KernelWidth") : square;
        if (height > 0 && width > 0)
        {
            return (sides == 1 ? 1 : height, width);
        }

        call.ReportAt("Kernel", "DG0005", "Kernel", "0");
        return null;
    }

    public static int? Groups(LayerCall call, int channels)
    {
        int inputs = call.X.Sample[0].Value;
        bool isDepthwise = call.Arguments.Flag("Depthwise");
        int groups = isDepthwise ? inputs : call.Arguments.Whole("Groups");
        foreach (int count in new[] { inputs, channels }.Where(n => n % groups != 0))
        {
            string argument = isDepthwise ? "Depthwise" : "Groups";
            call.ReportAt(argument, "DG0007", call.Layer.Kind, ShapeWords.Number(count), ShapeWords.Number(groups));
            return null;
        }

        return groups;
    }

    /// <summary>The weight as users and files have it; its first two axes are those of channels.</summary>
    public static Term Weight(LayerCall call, int sides, long fanIn, int first, int second, (int Height, int Width) kernel) =>
        sides == 2 ? call.Weight(fanIn, first, second, kernel.Height, kernel.Width) : call.Weight(fanIn, first, second, kernel.Width);

    /// <summary>The weight as channels-last images want it: [height, width, second, first].</summary>
    public static Term ToFilters(this Term weight)
    {
        Shape shape = weight.Shape;
        return (shape.Rank == 4 ? weight : weight.Reshape(Shape.Of(shape[0], shape[1], 1, shape[2]))).Transpose(2, 3, 1, 0);
    }

    /// <summary>A bias added to every channel of a channels-last image, unless there is to be none.</summary>
    public static Term PlusBias(this Term y, LayerCall call, long fanIn) =>
        call.Arguments.Flag("Bias") ? y + call.Bias(fanIn, y.Shape[3].Value).Over(y.Shape, 3) : y;
}
