using DeepGen.Data;
using Digits.Drawing;

namespace Digits;

/// <summary>An enclosure of a network's scores on all images in a box, samples one after another.</summary>
internal delegate void Bounds(ReadOnlySpan<float> lowest, ReadOnlySpan<float> highest, Span<float> lower, Span<float> upper);

/// <summary>
/// A digit is certified if the true class's lower bound is above every other's upper bound: then no image whose pixels are within
/// epsilon of the given ones, and within [0, 1], is read as another digit, whatever the order of additions.
/// </summary>
internal static class Certificate
{
    private const int AtOnce = 128;
    private const int Classes = 10;

    public static int Count(Bounds bounds, DataSet data, float epsilon)
    {
        float[] lowest = new float[AtOnce * Scribe.Length], highest = new float[AtOnce * Scribe.Length];
        float[] lower = new float[AtOnce * Classes], upper = new float[AtOnce * Classes];
        int certified = 0;
        foreach (var batch in data.Batches(new BatchOptions(AtOnce)))
        {
            var images = batch.Inputs[0].Span;
            for (int i = 0; i < images.Length; i++)
            {
                lowest[i] = MathF.Max(0, images[i] - epsilon);
                highest[i] = MathF.Min(1, images[i] + epsilon);
            }

            int scores = batch.Count * Classes;
            bounds(lowest.AsSpan(0, images.Length), highest.AsSpan(0, images.Length), lower.AsSpan(0, scores), upper.AsSpan(0, scores));
            var truth = batch.Targets[0].Classes.Span;
            for (int i = 0; i < batch.Count; i++)
                if (IsAbove(lower[(i * Classes) + truth[i]], upper.AsSpan(i * Classes, Classes), truth[i]))
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
