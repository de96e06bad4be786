namespace DeepGen;

/// <summary>
/// What <c>Forward</c> computes with, beside the layer methods and the operators: <c>using static DeepGen.Ops;</c>. The
/// compiler reads these calls and never runs them.
/// </summary>
public static partial class Ops
{
    /// <summary>max(x, 0).</summary>
    public static Tensor Relu(Tensor x) => throw Tensor.OnlyInForward();

    /// <summary>x for x &gt; 0, slope·x otherwise.</summary>
    public static Tensor LeakyRelu(Tensor x, float slope = 0.01f) => throw Tensor.OnlyInForward();

    /// <summary>x for x &gt; 0, alpha·(eˣ − 1) otherwise.</summary>
    public static Tensor Elu(Tensor x, float alpha = 1f) => throw Tensor.OnlyInForward();

    /// <summary>x Φ(x), or its form with tanh if <paramref name="approximate"/>.</summary>
    public static Tensor Gelu(Tensor x, bool approximate = false) => throw Tensor.OnlyInForward();

    /// <summary>x / (1 + e⁻ˣ), also called swish.</summary>
    public static Tensor Silu(Tensor x) => throw Tensor.OnlyInForward();

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    public static Tensor Sigmoid(Tensor x) => throw Tensor.OnlyInForward();

    /// <summary>The hyperbolic tangent.</summary>
    public static Tensor Tanh(Tensor x) => throw Tensor.OnlyInForward();

    /// <summary>log(1 + eˣ).</summary>
    public static Tensor Softplus(Tensor x) => throw Tensor.OnlyInForward();

    /// <summary>x kept between <paramref name="min"/> and <paramref name="max"/>.</summary>
    public static Tensor HardTanh(Tensor x, float min = -1f, float max = 1f) => throw Tensor.OnlyInForward();

    /// <summary>x kept between 0 and 6.</summary>
    public static Tensor Relu6(Tensor x) => throw Tensor.OnlyInForward();

    /// <summary>eˣⁱ / Σⱼ eˣʲ along an axis; axis 0 is the first after the batch, −1 the last.</summary>
    public static Tensor Softmax(Tensor x, int axis = 0) => throw Tensor.OnlyInForward();

    /// <summary>The logarithm of softmax, computed without overflow.</summary>
    public static Tensor LogSoftmax(Tensor x, int axis = 0) => throw Tensor.OnlyInForward();
}
