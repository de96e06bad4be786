using DeepGen.Data;

namespace DeepGen.Learning;

/// <summary>What a bound proves of test digits.</summary>
internal static class Proof
{
    private const int AtOnce = 200;
    private const int Classes = 10;

    /// <summary>
    /// The share for which, on all images within <paramref name="epsilon"/>, cut to [0, 1], the true score's lower
    /// bound is above every other score's upper bound.
    /// </summary>
    public static double Share(Bounds bounds, DataSet data, float epsilon)
    {
        int length = data.Input(0).Length;
        float[] lowest = new float[AtOnce * length], highest = new float[AtOnce * length];
        float[] lower = new float[AtOnce * Classes], upper = new float[AtOnce * Classes];
        int proven = 0;
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
            for (int i = 0; i < batch.Count; i++)
            {
                int truth = (i * Classes) + batch.Targets[0].Classes.Span[i];
                float own = lower[truth];
                upper[truth] = float.NegativeInfinity;
                if (own > Largest(upper.AsSpan(i * Classes, Classes)))
                    proven++;
            }
        }

        return (double)proven / data.Count;
    }

    private static float Largest(ReadOnlySpan<float> values)
    {
        float largest = values[0];
        foreach (float value in values)
            largest = MathF.Max(largest, value);
        return largest;
    }
}

/// <summary>The member Certify of the certified network.</summary>
internal delegate void Bounds(ReadOnlySpan<float> lowest, ReadOnlySpan<float> highest, Span<float> lower, Span<float> upper);
