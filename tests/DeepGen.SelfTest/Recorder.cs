namespace DeepGen.SelfTest;

internal delegate void Prediction(ReadOnlySpan<float> input, Span<float> output);

/// <summary>What one case did: the hash of all it computed, and the worst distance from the reference.</summary>
internal sealed class Recorder(int threads)
{
    /// <summary>Relative to the greatest output of the sample.</summary>
    private const double Tolerance = 1e-5;

    // One sample, a few, an odd number, and more than one chunk of any network here.
    private static readonly int[] Batches = [1, 2, 3, 7, 64];

    public int Threads { get; } = threads;

    public Hash Hash { get; } = new();

    public double WorstError { get; private set; }

    public string? Failure { get; private set; }

    public bool Passed => Failure is null && WorstError <= Tolerance;

    /// <summary>Predicts random batches of every size and compares each sample with the reference.</summary>
    public void Compare(int inputs, int outputs, Prediction predict, Func<double[], double[]> reference, float scale = 1)
    {
        var samples = new Samples(2026);
        foreach (int batch in Batches)
        {
            float[] input = samples.Take(batch * inputs, scale), output = new float[batch * outputs];
            predict(input, output);
            Hash.Add(output);
            for (int i = 0; i < batch; i++)
                CompareSample(output.AsSpan(i * outputs, outputs), reference(Widen(input.AsSpan(i * inputs, inputs))), "batch " + batch);
        }
    }

    /// <summary>Takes some steps of training, and hashes the losses and what the parameters have become.</summary>
    /// <param name="below">The share of the first loss below which the last must be.</param>
    public void Learn(int steps, INetwork network, Func<float> gradients, Action step, float below)
    {
        float first = 0, last = 0;
        for (int i = 0; i < steps; i++)
        {
            last = gradients();
            first = i == 0 ? last : first;
            Hash.Add([last]);
            step();
        }

        foreach (var parameter in network.Parameters)
            Hash.Add(parameter.Values);
        Require(last < below * first, $"the loss went from {first} to {last}");
    }

    public void CompareSample(ReadOnlySpan<float> output, double[] expected, string where)
    {
        if (output.Length != expected.Length)
        {
            Fail(where + ": the reference has another length");
            return;
        }

        double scale = 1e-30, error = 0;
        for (int i = 0; i < expected.Length; i++)
        {
            if (!float.IsFinite(output[i]))
                Fail(where + ": an output is not finite");
            scale = Math.Max(scale, Math.Abs(expected[i]));
            error = Math.Max(error, Math.Abs(output[i] - expected[i]));
        }

        WorstError = Math.Max(WorstError, error / scale);
    }

    public void Require(bool condition, string sentence)
    {
        if (!condition)
            Fail(sentence);
    }

    public static double[] Widen(ReadOnlySpan<float> values)
    {
        var wide = new double[values.Length];
        for (int i = 0; i < wide.Length; i++)
            wide[i] = values[i];
        return wide;
    }

    private void Fail(string sentence) => Failure ??= sentence;
}
