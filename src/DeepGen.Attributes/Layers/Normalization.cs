namespace DeepGen;

/// <summary>
/// Normalises each channel by its running statistics: y = w (x − mean) / √(variance + ε) + b. When predicting it costs
/// nothing: it is folded into the convolution or dense layer before it. While training it normalises by the statistics of the
/// batch, over samples and pixels, and the running ones follow. Shape unchanged; the channels are axis 0. Parameters:
/// weight, bias, running_mean, running_var [c]. PyTorch: <c>nn.BatchNorm2d</c>, <c>nn.BatchNorm1d</c>.
/// </summary>
public sealed class BatchNormAttribute : LayerAttribute
{
    /// <summary>How far a step takes the running statistics towards those of its batch, above 0 and at most 1.</summary>
    public float Momentum { get; set; } = 0.1f;

    /// <summary>ε, which keeps the division away from zero.</summary>
    public float Epsilon { get; set; } = 1e-5f;

    /// <summary>How the weight begins: left out at one, or at <see cref="Initial.Zeros"/>.</summary>
    public Initial Init { get; set; }
}

/// <summary>
/// Normalises each sample by its own mean and variance: y = w (x − mean) / √(variance + ε) + b, over the last axis of a vector
/// or a sequence, over all axes of an image. Shape unchanged. Parameters: weight, bias, of the normalised shape.
/// PyTorch: <c>nn.LayerNorm</c>.
/// </summary>
public sealed class LayerNormAttribute : LayerAttribute
{
    /// <summary>ε, which keeps the division away from zero.</summary>
    public float Epsilon { get; set; } = 1e-5f;

    /// <summary>How the weight begins: left out at one, or at <see cref="Initial.Zeros"/>.</summary>
    public Initial Init { get; set; }
}

/// <summary>
/// Normalises each group of channels of a sample by the group's mean and variance: y = w (x − mean) / √(variance + ε) + b.
/// Shape unchanged; the channels are axis 0. Parameters: weight, bias [c]. PyTorch: <c>nn.GroupNorm</c>.
/// </summary>
/// <param name="groups">The number of groups; it must divide the number of channels.</param>
public sealed class GroupNormAttribute(int groups) : LayerAttribute
{
    /// <summary>The number of groups; it must divide the number of channels.</summary>
    public int Groups { get; } = groups;

    /// <summary>ε, which keeps the division away from zero.</summary>
    public float Epsilon { get; set; } = 1e-5f;

    /// <summary>How the weight begins: left out at one, or at <see cref="Initial.Zeros"/>.</summary>
    public Initial Init { get; set; }
}

/// <summary>
/// Normalises each channel of a sample by its own mean and variance, over time or over pixels: y = (x − mean) / √(variance + ε).
/// Shape unchanged; the channels are axis 0. Parameters: none, or with <see cref="Affine"/> weight, bias [c]. PyTorch:
/// <c>nn.InstanceNorm2d</c>, <c>nn.InstanceNorm1d</c>.
/// </summary>
public sealed class InstanceNormAttribute : LayerAttribute
{
    /// <summary>Whether the result is multiplied by a weight and a bias is added.</summary>
    public bool Affine { get; set; }

    /// <summary>ε, which keeps the division away from zero.</summary>
    public float Epsilon { get; set; } = 1e-5f;

    /// <summary>How the weight begins: left out at one, or at <see cref="Initial.Zeros"/>.</summary>
    public Initial Init { get; set; }
}

/// <summary>
/// While training, sets values to zero at random and divides the others by 1 − rate; does nothing when predicting. Shape
/// unchanged. PyTorch: <c>nn.Dropout</c>.
/// </summary>
/// <param name="rate">The share of values dropped, at least 0 and below 1.</param>
public sealed class DropoutAttribute(float rate) : LayerAttribute
{
    /// <summary>The share of values dropped, at least 0 and below 1.</summary>
    public float Rate { get; } = rate;
}
