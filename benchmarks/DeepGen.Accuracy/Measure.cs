using DeepGen.Data;

namespace DeepGen.Accuracy;

/// <summary>Shares of a test set.</summary>
internal static class Measure
{
    private const int AtOnce = 200;
    private const int Classes = 10;

    /// <summary>How many are given the highest score where the truth is.</summary>
    public static double Accuracy(INetwork network, DataSet data)
    {
        var scores = new float[AtOnce * Classes];
        int right = 0;
        foreach (var batch in data.Batches(new BatchOptions(AtOnce)))
        {
            network.Predict(batch.Inputs.AsSpan(), [scores.AsMemory(0, batch.Count * Classes)]);
            for (int i = 0; i < batch.Count; i++)
                if (scores.AsSpan(i * Classes, Classes).IndexOf(Largest(scores.AsSpan(i * Classes, Classes))) == batch.Targets[0].Classes.Span[i])
                    right++;
        }

        return (double)right / data.Count;
    }

    /// <summary>
    /// How many are proven: on all images within <paramref name="epsilon"/>, cut to [0, 1], the true score's lower bound is above
    /// every other score's upper bound.
    /// </summary>
    public static double Proven(MnistCertifiedBounds bounds, DataSet data, float epsilon)
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
internal delegate void MnistCertifiedBounds(ReadOnlySpan<float> lowest, ReadOnlySpan<float> highest, Span<float> lower, Span<float> upper);
