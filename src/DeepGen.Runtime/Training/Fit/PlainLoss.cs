namespace DeepGen;

/// <summary>
/// A built-in loss from outputs alone, without gradients, label smoothing or weights of classes: what is comparable between runs.
/// Losses whose settings only compiled code knows, and those that a class wrote itself, are unknown here.
/// </summary>
internal static class PlainLoss
{
    private const string KullbackLeibler = "KullbackLeibler";

    public static bool Knows(TargetSignature target, TensorSignature output) => target.Loss switch
    {
        ClassTargets.CrossEntropy => ClassTargets.Of(target, output).Classes > 0 && (!target.IsMasked || target.Classes > 0),
        ClassTargets.BinaryCrossEntropy or "MeanSquaredError" or "L1" => target.Classes == 0 && target.Length == output.Length,
        KullbackLeibler => !target.IsMasked && target.Classes == 0 && target.Length == output.Length,
        "GaussianNll" => target.Classes == 0 && 2 * target.Length == output.Length,
        _ => false,
    };

    /// <summary>
    /// The loss of one sample, the mean over its values or places (for the Kullback-Leibler divergence the sum), and what it weighs among others:
    /// one; where places or steps may have no target, as much as there are that have one.
    /// </summary>
    public static (double Loss, double Weight) OfSample(TargetSignature signature, TensorSignature shape, ReadOnlySpan<float> output, in Target target, int sample)
    {
        if (signature.Loss == ClassTargets.CrossEntropy)
        {
            return CrossEntropy(ClassTargets.Of(signature, shape), signature.IsMasked, output, target, sample);
        }

        int length = target.Values.Length / (output.Length / shape.Length);
        var values = target.Values.Span.Slice(sample * length, length);
        var outputs = output.Slice(sample * shape.Length, shape.Length);
        int last = shape.Shape.Length == 0 ? 1 : shape.Shape[^1];
        double sum = 0;
        int present = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (signature.IsMasked && float.IsNaN(values[i]))
            {
                continue;
            }

            present++;
            sum += signature.Loss switch
            {
                ClassTargets.BinaryCrossEntropy => BinaryCrossEntropy(outputs[i], values[i]),
                "MeanSquaredError" => Math.Pow((double)outputs[i] - values[i], 2),
                "L1" => Math.Abs((double)outputs[i] - values[i]),
                KullbackLeibler => values[i] > 0 ? values[i] * (Math.Log(values[i]) - outputs[i]) : 0,
                _ => Gaussian(outputs, values[i], i, last / 2),
            };
        }

        // Steps that are there count one by one; else a sample counts only as a whole.
        return signature.Loss == KullbackLeibler ? (sum, 1)
            : present == length ? (sum / length, signature.Lengths.Length > 0 ? length : 1)
            : signature.Lengths.Length > 0 && present > 0 ? (sum / present, present)
            : (0, 0);
    }

    /// <summary>ln Σ exp(score) − score of the true class, or Σ share · (ln Σ exp(score) − score).</summary>
    private static (double Loss, double Weight) CrossEntropy(ClassTargets classes, bool isMasked, ReadOnlySpan<float> output, in Target target, int sample)
    {
        double loss = 0;
        int present = 0;
        for (int i = sample * classes.Places; i < (sample + 1) * classes.Places; i++)
        {
            var scores = classes.Scores(output, i);
            if (target.IsClasses)
            {
                int truth = target.Classes.Span[i];
                if (truth >= 0)
                {
                    present++;
                    loss += scores.LogSumExp - scores[truth];
                }

                continue;
            }

            present++;
            double total = scores.LogSumExp;
            var shares = classes.Scores(target.Values.Span, i);
            for (int c = 0; c < scores.Count; c++)
            {
                loss += shares[c] * (total - scores[c]);
            }
        }

        return present == 0 ? (0, 0) : (loss / present, isMasked ? present : 1);
    }

    /// <summary>max(z, 0) − z t + ln(1 + exp(−|z|)).</summary>
    private static double BinaryCrossEntropy(double z, double t) => Math.Max(z, 0) - (z * t) + Math.Log(1 + Math.Exp(-Math.Abs(z)));

    /// <summary>½ (ln v + (m − t)² / v) with v = softplus(r) + 10⁻⁶; the last axis holds some means m and then as many r.</summary>
    private static double Gaussian(ReadOnlySpan<float> outputs, double t, int index, int means)
    {
        int at = (index / means * 2 * means) + (index % means);
        double r = outputs[at + means];
        double v = Math.Max(r, 0) + Math.Log(1 + Math.Exp(-Math.Abs(r))) + 1e-6;
        double off = outputs[at] - t;
        return (Math.Log(v) + (off * off / v)) / 2;
    }
}
