using System.Globalization;

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
        _ => Shortest(value) + "f",
    };

    public static string Of(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Nine significant digits always read back; the shortest text that does is nicer to look at.</summary>
    private static string Shortest(float value)
    {
        for (int digits = 1; digits < 9; digits++)
        {
            string text = value.ToString("G" + Of(digits), CultureInfo.InvariantCulture);
            if (float.Parse(text, CultureInfo.InvariantCulture) == value)
            {
                return text;
            }
        }

        return value.ToString("G9", CultureInfo.InvariantCulture);
    }
}
