namespace FirstNetwork;

/// <summary>
/// A drawing is 28x28 values in [0, 1]: the digit as seven strokes, each pixel as dark as it is near to one.
/// </summary>
internal static class Drawing
{
    public const int Side = 28;
    public const int Length = Side * Side;

    private const float HalfWidth = 1.4f;

    // Strokes of a seven-segment display, as (x0, y0, x1, y1) in pixels: top, upper left, upper right, middle, lower left, lower right, bottom.
    private static readonly (float X0, float Y0, float X1, float Y1)[] Strokes =
    [
        (9, 5, 18, 5), (9, 5, 9, 14), (18, 5, 18, 14), (9, 14, 18, 14), (9, 14, 9, 23), (18, 14, 18, 23), (9, 23, 18, 23),
    ];

    // Which strokes a digit has; bit i is stroke i.
    private static readonly byte[] Digits =
        [0b1110111, 0b0100100, 0b1011101, 0b1101101, 0b0101110, 0b1101011, 0b1111011, 0b0100101, 0b1111111, 0b1101111];

    /// <summary>Draws one digit, leaning by <paramref name="slant"/> pixels from bottom to top.</summary>
    public static float[] Of(int digit, float slant)
    {
        var pixels = new float[Length];
        for (int y = 0; y < Side; y++)
            for (int x = 0; x < Side; x++)
            {
                float upright = x - (slant * (14 - y) / 18);
                float distance = Distance(digit, upright, y);
                pixels[(y * Side) + x] = Math.Clamp(HalfWidth + 0.5f - distance, 0, 1);
            }

        return pixels;
    }

    /// <summary>The drawing as text, two rows of pixels a line.</summary>
    public static IEnumerable<string> AsText(float[] pixels)
    {
        for (int y = 2; y < Side - 2; y += 2)
        {
            var line = new char[Side];
            for (int x = 0; x < Side; x++)
            {
                float ink = (pixels[(y * Side) + x] + pixels[((y + 1) * Side) + x]) / 2;
                line[x] = " .:*#"[(int)(ink * 4)];
            }

            yield return new string(line)[4..^4];
        }
    }

    private static float Distance(int digit, float x, float y)
    {
        float nearest = float.MaxValue;
        for (int i = 0; i < Strokes.Length; i++)
        {
            if ((Digits[digit] >> i & 1) == 0)
                continue;
            var (x0, y0, x1, y1) = Strokes[i];
            float dx = Math.Max(0, Math.Max(x0 - x, x - x1)), dy = Math.Max(0, Math.Max(y0 - y, y - y1));
            nearest = Math.Min(nearest, MathF.Sqrt((dx * dx) + (dy * dy)));
        }

        return nearest;
    }
}
