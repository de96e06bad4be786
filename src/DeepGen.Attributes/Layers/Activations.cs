namespace DeepGen;

/// <summary>y = max(x, 0). Shape unchanged. PyTorch: <c>nn.ReLU</c>.</summary>
public sealed class ReluAttribute : LayerAttribute;

/// <summary>y = x for x &gt; 0, slope·x otherwise. Shape unchanged. PyTorch: <c>nn.LeakyReLU</c>.</summary>
/// <param name="slope">The slope left of zero, at least 0 and at most 1.</param>
public sealed class LeakyReluAttribute(float slope = 0.01f) : LayerAttribute
{
    /// <summary>The slope left of zero, at least 0 and at most 1.</summary>
    public float Slope { get; } = slope;
}

/// <summary>y = x for x &gt; 0, alpha·(eˣ − 1) otherwise. Shape unchanged. PyTorch: <c>nn.ELU</c>.</summary>
/// <param name="alpha">How far below zero it goes; positive.</param>
public sealed class EluAttribute(float alpha = 1f) : LayerAttribute
{
    /// <summary>How far below zero it goes; positive.</summary>
    public float Alpha { get; } = alpha;
}

/// <summary>
/// y = x Φ(x) with Φ the distribution function of the standard normal distribution. Shape unchanged. PyTorch: <c>nn.GELU</c>.
/// </summary>
public sealed class GeluAttribute : LayerAttribute
{
    /// <summary>Takes ½ x (1 + tanh(√(2/π) (x + 0.044715 x³))) instead: PyTorch's <c>approximate="tanh"</c>.</summary>
    public bool Approximate { get; set; }
}

/// <summary>y = x / (1 + e⁻ˣ), also called swish. Shape unchanged. PyTorch: <c>nn.SiLU</c>.</summary>
public sealed class SiluAttribute : LayerAttribute;

/// <summary>y = 1 / (1 + e⁻ˣ). Shape unchanged. PyTorch: <c>nn.Sigmoid</c>.</summary>
public sealed class SigmoidAttribute : LayerAttribute;

/// <summary>y = tanh x. Shape unchanged. PyTorch: <c>nn.Tanh</c>.</summary>
public sealed class TanhAttribute : LayerAttribute;

/// <summary>y = log(1 + eˣ). Shape unchanged. PyTorch: <c>nn.Softplus</c>.</summary>
public sealed class SoftplusAttribute : LayerAttribute;

/// <summary>y = x kept between min and max. Shape unchanged. PyTorch: <c>nn.Hardtanh</c>.</summary>
/// <param name="min">The least value that comes out.</param>
/// <param name="max">The largest value that comes out; above <paramref name="min"/>.</param>
public sealed class HardTanhAttribute(float min = -1f, float max = 1f) : LayerAttribute
{
    /// <summary>The least value that comes out.</summary>
    public float Min { get; } = min;

    /// <summary>The largest value that comes out.</summary>
    public float Max { get; } = max;
}

/// <summary>y = x kept between 0 and 6. Shape unchanged. PyTorch: <c>nn.ReLU6</c>.</summary>
public sealed class Relu6Attribute : LayerAttribute;

/// <summary>
/// yᵢ = eˣⁱ / Σⱼ eˣʲ along one axis: positive values that sum to 1. Shape unchanged. PyTorch: <c>nn.Softmax</c>.
/// </summary>
public sealed class SoftmaxAttribute : LayerAttribute
{
    /// <summary>The axis, without the batch: 0 is the first after it, −1 the last.</summary>
    public int Axis { get; set; }
}

/// <summary>
/// yᵢ = xᵢ − log Σⱼ eˣʲ along one axis: the logarithm of softmax, computed without overflow. Shape unchanged. PyTorch:
/// <c>nn.LogSoftmax</c>.
/// </summary>
public sealed class LogSoftmaxAttribute : LayerAttribute
{
    /// <summary>The axis, without the batch: 0 is the first after it, −1 the last.</summary>
    public int Axis { get; set; }
}
