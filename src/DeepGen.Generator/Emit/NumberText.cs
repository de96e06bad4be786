using System.Globalization;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Emit;

/// <summary>The only way numbers reach emitted text: invariant, and read back to the same bits.</summary>
internal static class NumberText
{
    public static string Of(float value) => value switch
    {
        _ when float.IsNaN(value) => "float.NaN",
        _ when float.IsPositiveInfinity(value) => "float.PositiveInfinity",
        _ when float.IsNegativeInfinity(value) => "float.NegativeInfinity",
        0 when 1 / value < 0 => "-0f",
        _ => FloatText.Of(value) + "f",
    };

    public static string Of(long value) => value.ToString(CultureInfo.InvariantCulture);
}
