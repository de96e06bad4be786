namespace DeepGen.Data;

/// <summary>The value between four pixels: (1 - v)((1 - u) a + u b) + v ((1 - u) c + u d); pixels outside have a fixed value.</summary>
internal static class Bilinear
{
    public static float At(ReadOnlySpan<float> plane, int height, int width, float y, float x, float fill)
    {
        if (!(y > -1 && y < height && x > -1 && x < width))
        {
            return fill;
        }

        // Adding one before and taking it away after cutting rounds downwards.
        int top = (int)(y + 1) - 1;
        int left = (int)(x + 1) - 1;
        float v = y - top;
        float u = x - left;
        float a = Pixel(plane, height, width, top, left, fill);
        float b = Pixel(plane, height, width, top, left + 1, fill);
        float c = Pixel(plane, height, width, top + 1, left, fill);
        float d = Pixel(plane, height, width, top + 1, left + 1, fill);
        float upper = a + (u * (b - a));
        float lower = c + (u * (d - c));
        return upper + (v * (lower - upper));
    }

    private static float Pixel(ReadOnlySpan<float> plane, int height, int width, int y, int x, float fill) =>
        (uint)y < (uint)height && (uint)x < (uint)width ? plane[(y * width) + x] : fill;
}
