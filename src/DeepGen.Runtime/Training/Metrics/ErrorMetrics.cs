namespace DeepGen;

/// <summary>A mean over all values of a function of output − target.</summary>
public abstract class ErrorMetric : Metric
{
    private const int SumAt = 0;
    private const int CountAt = 1;

    /// <summary>The mean of what <see cref="Of"/> gave.</summary>
    protected double Mean => Sums[SumAt] / Sums[CountAt];

    /// <inheritdoc/>
    public override double Value => Mean;

    /// <inheritdoc/>
    public override void Add(ReadOnlySpan<float> output, in Target target, int count)
    {
        var values = target.Values.Span;
        double sum = 0;
        int counted = 0;
        for (int i = 0; i < values.Length; i++)
        {
            if (!Signature.IsMasked || !float.IsNaN(values[i]))
            {
                sum += Of((double)output[i] - values[i]);
                counted++;
            }
        }

        Sums[SumAt] += sum;
        Sums[CountAt] += counted;
    }

    /// <summary>What one value's error counts.</summary>
    protected abstract double Of(double error);

    /// <inheritdoc/>
    protected override int CountSums(TargetSignature target, TensorSignature output)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(output);
        return target.Classes == 0 && target.Length == output.Length
            ? 2
            : throw Unsuited(target, $"one target value for each of the output's {output.Length}");
    }
}

/// <summary>The mean of |output − target|.</summary>
public sealed class MeanAbsoluteError : ErrorMetric
{
    /// <inheritdoc/>
    public override string Name => "MAE";

    /// <inheritdoc/>
    protected override double Of(double error) => Math.Abs(error);
}

/// <summary>√ of the mean of (output − target)².</summary>
public sealed class RootMeanSquaredError : ErrorMetric
{
    /// <inheritdoc/>
    public override string Name => "RMSE";

    /// <inheritdoc/>
    public override double Value => Math.Sqrt(Mean);

    /// <inheritdoc/>
    protected override double Of(double error) => error * error;
}
