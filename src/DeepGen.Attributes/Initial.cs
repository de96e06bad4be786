namespace DeepGen;

/// <summary>
/// How the weight of a layer begins. With any but <see cref="Default"/> the layer's bias begins at zero. Fan-in and fan-out are
/// the numbers of inputs of one output and of outputs of one input, windows counted, as PyTorch counts them.
/// </summary>
public enum Initial
{
    /// <summary>What the network says (<see cref="InitializeAttribute"/>); if it says nothing, what PyTorch's layer does.</summary>
    Default,

    /// <summary>Uniform within ±√(6 / fan-in). PyTorch: <c>init.kaiming_uniform_(w, nonlinearity="relu")</c>.</summary>
    KaimingUniform,

    /// <summary>Normal with deviation √(2 / fan-in). PyTorch: <c>init.kaiming_normal_(w, nonlinearity="relu")</c>.</summary>
    KaimingNormal,

    /// <summary>Uniform within ±√(6 / (fan-in + fan-out)). PyTorch: <c>init.xavier_uniform_</c>.</summary>
    XavierUniform,

    /// <summary>Normal with deviation √(2 / (fan-in + fan-out)). PyTorch: <c>init.xavier_normal_</c>.</summary>
    XavierNormal,

    /// <summary>
    /// The weight as a matrix of a row for each output has orthonormal rows, or columns if it has more rows than columns.
    /// PyTorch: <c>init.orthogonal_</c>.
    /// </summary>
    Orthogonal,

    /// <summary>
    /// Normal with a deviation of 0.02, what lies beyond two deviations being drawn again. PyTorch:
    /// <c>init.trunc_normal_(w, std=0.02, a=-0.04, b=0.04)</c>.
    /// </summary>
    TruncatedNormal,

    /// <summary>All zero: a branch that ends in such a layer begins as nothing.</summary>
    Zeros,

    /// <summary>
    /// <see cref="KaimingUniform"/> where the next activation is one of Relu, Relu6, LeakyRelu, Elu, Gelu, Silu and Softplus,
    /// <see cref="XavierUniform"/> where it is another or there is none before the next layer with weights.
    /// </summary>
    ByActivation,
}

/// <summary>How the weights of all dense and convolution layers of the network begin that do not say so themselves.</summary>
/// <param name="initial">How.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class InitializeAttribute(Initial initial) : Attribute
{
    /// <summary>How.</summary>
    public Initial Initial { get; } = initial;
}
