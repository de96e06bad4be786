using System.Globalization;

namespace DeepGen.Generator.Support;

/// <summary>The one way floats become text: the shortest invariant digits that read back as the same float.</summary>
internal static class FloatText
{
    public static string Of(float value)
    {
        // "R" is the shortest on .NET Core but was not always on .NET Framework, where an IDE may host the generator.
        for (int digits = 1; digits < 9; digits++)
        {
            string text = value.ToString("G" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            if (float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float back) && back.Equals(value))
            {
                return text;
            }
        }

        return value.ToString("G9", CultureInfo.InvariantCulture);
    }
}
