namespace Digits.Drawing;

/// <summary>Where and how the figure stands: slanted, turned, wide or narrow, as large as its box, its ink's centre near the middle.</summary>
internal static class Page
{
    private const float Middle = Scribe.Side / 2f;
    private const float Margin = 1.5f;

    /// <summary>Takes the line from [-1, 1] to pixels, with room for a pen of this radius.</summary>
    public static void Place(Line line, float radius, ref Dice dice)
    {
        Stand(line, ref dice);

        var (left, right) = Extent(line.X, line.Count);
        var (top, bottom) = Extent(line.Y, line.Count);
        float size = dice.Between(17, 20.5f) - (2 * radius);
        float scale = size / MathF.Max(MathF.Max(right - left, bottom - top), 0.5f);
        var (centreX, centreY) = Centre(line);
        float moveX = Middle + (0.5f * dice.Normal()) - (scale * centreX), moveY = Middle + (0.5f * dice.Normal()) - (scale * centreY);
        float edge = Margin + radius;
        moveX = Math.Clamp(moveX, edge - (scale * left), Scribe.Side - edge - (scale * right));
        moveY = Math.Clamp(moveY, edge - (scale * top), Scribe.Side - edge - (scale * bottom));
        for (int i = 0; i < line.Count; i++)
        {
            line.X[i] = moveX + (scale * line.X[i]);
            line.Y[i] = moveY + (scale * line.Y[i]);
        }
    }

    // With t the tangent of half the angle, the cosine is (1 - t²) / (1 + t²) and the sine 2t / (1 + t²).
    private static void Stand(Line line, ref Dice dice)
    {
        float slant = 0.14f + (0.2f * dice.Normal());
        float width = MathF.Max(0.65f, 1.08f + (0.2f * dice.Normal()));
        float t = 0.05f * dice.Normal(), square = t * t;
        float cosine = (1 - square) / (1 + square), sine = 2 * t / (1 + square);
        for (int i = 0; i < line.Count; i++)
        {
            float x = (width * line.X[i]) - (slant * line.Y[i]), y = line.Y[i];
            line.X[i] = (cosine * x) - (sine * y);
            line.Y[i] = (sine * x) + (cosine * y);
        }
    }

    private static (float Low, float High) Extent(float[] values, int count)
    {
        float low = values[0], high = values[0];
        for (int i = 1; i < count; i++)
        {
            low = MathF.Min(low, values[i]);
            high = MathF.Max(high, values[i]);
        }

        return (low, high);
    }

    private static (float X, float Y) Centre(Line line)
    {
        float sumX = 0, sumY = 0, whole = 1e-6f;
        for (int i = 0; i + 1 < line.Count; i++)
        {
            if (line.Kind[i] == Turn.Lift)
                continue;
            float dx = line.X[i + 1] - line.X[i], dy = line.Y[i + 1] - line.Y[i];
            float length = MathF.Sqrt((dx * dx) + (dy * dy));
            sumX += length * (line.X[i] + (dx / 2));
            sumY += length * (line.Y[i] + (dy / 2));
            whole += length;
        }

        return (sumX / whole, sumY / whole);
    }
}
