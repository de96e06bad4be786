namespace Digits;

/// <summary>An enclosure of a network's scores on all images whose pixels are within epsilon of the given ones.</summary>
internal delegate void Bounds(ReadOnlySpan<float> images, float epsilon, Span<float> lower, Span<float> upper);

/// <summary>
/// A digit is certified if the true class's lower bound is above every other's upper bound: then no image within epsilon is read
/// as another digit, whatever the order of additions.
/// </summary>
internal static class Certificate
{
    private const int AtOnce = 100;

    public static int Count(Bounds bounds, ReadOnlySpan<float> images, ReadOnlySpan<int> truth, float epsilon)
    {
        int size = images.Length / truth.Length;
        float[] lower = new float[AtOnce * 10], upper = new float[AtOnce * 10];
        int certified = 0;
        for (int start = 0; start < truth.Length; start += AtOnce)
        {
            int count = Math.Min(AtOnce, truth.Length - start);
            bounds(images.Slice(start * size, count * size), epsilon, lower.AsSpan(0, count * 10), upper.AsSpan(0, count * 10));
            for (int i = 0; i < count; i++)
                if (IsAbove(lower[(i * 10) + truth[start + i]], upper.AsSpan(i * 10, 10), truth[start + i]))
                    certified++;
        }

        return certified;
    }

    private static bool IsAbove(float lower, ReadOnlySpan<float> upper, int truth)
    {
        for (int other = 0; other < upper.Length; other++)
            if (other != truth && !(lower > upper[other]))
                return false;
        return true;
    }
}
