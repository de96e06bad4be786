namespace DeepGen;

/// <summary>How the outputs of a convolution are computed.</summary>
public enum ConvolutionAlgorithm
{
    /// <summary>Each output is one sum of products, in a fixed order.</summary>
    Direct,

    /// <summary>
    /// Tiles of 4 x 4 or 2 x 2 outputs from products at points (Winograd's algorithm), where that is cheaper: kernels of 3 x 3,
    /// stride 1, no dilation, one group, and enough channels. Rounding differs from that of the sums: see docs/layers.md for
    /// how much. The order of operations is fixed too, so every machine gives the same bits.
    /// </summary>
    Winograd,
}

/// <summary>How the convolutions of the network that do not say so themselves are computed, where they can be.</summary>
/// <param name="algorithm">How.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class ConvolutionsAttribute(ConvolutionAlgorithm algorithm) : Attribute
{
    /// <summary>How.</summary>
    public ConvolutionAlgorithm Algorithm { get; } = algorithm;
}
