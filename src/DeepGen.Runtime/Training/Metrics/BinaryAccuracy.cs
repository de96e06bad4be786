namespace DeepGen;

/// <summary>The share of values whose logit is on the target's side of zero: above it where the target is above one half.</summary>
public sealed class BinaryAccuracy : Metric
{
    private const int Right = 0;
    private const int All = 1;

    /// <inheritdoc/>
    public override string Name => "accuracy";

    /// <inheritdoc/>
    public override bool HigherIsBetter => true;

    /// <inheritdoc/>
    public override double Value => Sums[Right] / Sums[All];

    /// <inheritdoc/>
    public override void Add(ReadOnlySpan<float> output, in Target target, int count)
    {
        var values = target.Values.Span;
        int right = 0;
        int all = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (!Signature.IsMasked || !float.IsNaN(values[i]))
            {
                right += output[i] > 0 == values[i] > 0.5f ? 1 : 0;
                all++;
            }
        }

        Sums[Right] += right;
        Sums[All] += all;
    }

    /// <inheritdoc/>
    protected override int CountSums(TargetSignature target, TensorSignature output)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(output);
        return target.Classes == 0 && target.Length == output.Length
            ? 2
            : throw Unsuited(target, $"a value between 0 and 1 for each of the output's {output.Length}");
    }
}
