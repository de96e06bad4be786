using System.Globalization;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Check;

/// <summary>Says a shape as a person would, without the batch: "32 channels of 14 by 14", "a vector of 10".</summary>
internal static class ShapeWords
{
    /// <summary>The shape of one sample: no batch among the axes.</summary>
    public static string Of(Shape shape) => Of(shape.Select(Word).ToArray());

    public static string Of(IReadOnlyList<int> shape) => Of(shape.Select(s => Number(s)).ToArray());

    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public static string Values(long count) => Number(count) + " values";

    /// <summary>"14 by 14": the extents alone.</summary>
    public static string By(params long[] sizes) => string.Join(" by ", sizes.Select(s => Number(s)));

    private static string Of(string[] sizes) => sizes.Length switch
    {
        0 => "a single number",
        1 => "a vector of " + sizes[0],
        2 => $"a sequence of {sizes[0]} by {sizes[1]}",
        3 => $"{sizes[0]} {(sizes[0] == "1" ? "channel" : "channels")} of {sizes[1]} by {sizes[2]}",
        _ => "a tensor of " + string.Join(" by ", sizes),
    };

    private static string Word(Size size) => size.ToString();
}
