using DeepGen.Data;

namespace DeepGen.Learning;

/// <summary>
/// What bounds prove of test digits. The last layer's scores are z = W h + b, and bounds of h are at hand: then
/// z_y - z_j = (w_y - w_j) h + b_y - b_j is bounded more tightly than the two scores by themselves (Gowal et al. 2018, elision).
/// </summary>
internal static class Proof
{
    private const int AtOnce = 200;

    /// <summary>Half the distance of 1 from the next float.</summary>
    private const double Unit = 1.0 / (1 << 24);

    /// <summary>The share of digits that are read right on all images within epsilon, cut to [0, 1].</summary>
    /// <param name="bounds">Bounds of the values before the last layer.</param>
    /// <param name="last">The last layer.</param>
    /// <param name="data">Digits.</param>
    /// <param name="epsilon">How far each pixel may move.</param>
    public static double Share(Bounds bounds, LastLayer last, DataSet data, float epsilon)
    {
        int length = data.Input(0).Length;
        float[] lowest = new float[AtOnce * length], highest = new float[AtOnce * length];
        float[] lower = new float[AtOnce * last.Inputs], upper = new float[AtOnce * last.Inputs];
        int proven = 0;
        foreach (var batch in data.Batches(new BatchOptions(AtOnce)))
        {
            var images = batch.Inputs[0].Span;
            for (int i = 0; i < images.Length; i++)
            {
                lowest[i] = MathF.Max(0, MathF.BitDecrement(images[i] - epsilon));
                highest[i] = MathF.Min(1, MathF.BitIncrement(images[i] + epsilon));
            }

            int values = batch.Count * last.Inputs;
            bounds(lowest.AsSpan(0, images.Length), highest.AsSpan(0, images.Length), lower.AsSpan(0, values), upper.AsSpan(0, values));
            for (int i = 0; i < batch.Count; i++)
            {
                int start = i * last.Inputs;
                if (Holds(last, batch.Targets[0].Classes.Span[i], lower.AsSpan(start, last.Inputs), upper.AsSpan(start, last.Inputs)))
                    proven++;
            }
        }

        return (double)proven / data.Count;
    }

    private static bool Holds(LastLayer last, int truth, ReadOnlySpan<float> lower, ReadOnlySpan<float> upper)
    {
        for (int other = 0; other < last.Outputs; other++)
        {
            if (other != truth && !(Margin(last, truth, other, lower, upper) > 0))
                return false;
        }

        return true;
    }

    /// <summary>
    /// Below z_truth - z_other as float32 computes both: in double precision, whose own error is far below the allowance for the
    /// n + 1 roundings of either score, 1.01 (n + 2) u times the sum of its terms' sizes.
    /// </summary>
    private static double Margin(LastLayer last, int truth, int other, ReadOnlySpan<float> lower, ReadOnlySpan<float> upper)
    {
        double margin = (double)last.Bias[truth] - last.Bias[other];
        double sizes = Math.Abs(last.Bias[truth]) + Math.Abs(last.Bias[other]);
        for (int k = 0; k < last.Inputs; k++)
        {
            double w = last.Weight[(truth * last.Inputs) + k], v = last.Weight[(other * last.Inputs) + k], difference = w - v;
            margin += difference * (difference > 0 ? lower[k] : upper[k]);
            sizes += (Math.Abs(w) + Math.Abs(v)) * Math.Max(Math.Abs(lower[k]), Math.Abs(upper[k]));
        }

        return margin - (1.01 * (last.Inputs + 2) * Unit * sizes);
    }
}

/// <summary>The layer that gives the scores: a weight of shape [outputs, inputs] and a bias.</summary>
internal sealed record LastLayer(int Inputs, int Outputs, float[] Weight, float[] Bias)
{
    public static LastLayer Of(ParameterSet parameters, string name)
    {
        var weight = parameters[name + ".weight"];
        return new(weight.Shape[1], weight.Shape[0], weight.Values.ToArray(), parameters[name + ".bias"].Values.ToArray());
    }
}

/// <summary>The member Certify of a network.</summary>
internal delegate void Bounds(ReadOnlySpan<float> lowest, ReadOnlySpan<float> highest, Span<float> lower, Span<float> upper);
