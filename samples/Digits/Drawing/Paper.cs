namespace Digits.Drawing;

/// <summary>What happens to a drawing afterwards: paper shows through, something covers a spot, dust, the scanner's noise and its 256 greys.</summary>
internal static class Paper
{
    public static void Wear(Span<float> pixels, ref Dice dice)
    {
        if (dice.Happens(0.08f))
            Spot(pixels, ref dice, dice.Between(1, 2), 0);
        if (dice.Happens(0.05f))
            Spot(pixels, ref dice, dice.Between(0.6f, 1.2f), 1);

        float grain = dice.Happens(0.5f) ? dice.Between(0, 0.12f) : 0;
        float noise = dice.Happens(0.25f) ? dice.Between(0, 0.05f) : 0;
        for (int i = 0; i < pixels.Length; i++)
        {
            float ink = pixels[i];
            if (noise > 0 || (grain > 0 && ink > 0))
                ink += ((grain * ink) + noise) * dice.Normal();
            pixels[i] = (int)((Math.Clamp(ink, 0, 1) * 255) + 0.5f) * (1 / 255f);
        }
    }

    // A disc near the middle takes the given grey, with a soft edge.
    private static void Spot(Span<float> pixels, ref Dice dice, float radius, float grey)
    {
        float x = 14 + (4.5f * dice.Normal()), y = 14 + (5 * dice.Normal());
        for (int row = 0; row < Scribe.Side; row++)
            for (int column = 0; column < Scribe.Side; column++)
            {
                float dx = column + 0.5f - x, dy = row + 0.5f - y;
                float cover = Math.Clamp(radius + 0.5f - MathF.Sqrt((dx * dx) + (dy * dy)), 0, 1);
                ref float pixel = ref pixels[(row * Scribe.Side) + column];
                pixel += cover * (grey - pixel);
            }
    }
}
