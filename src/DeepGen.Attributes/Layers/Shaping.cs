namespace DeepGen;

/// <summary>
/// Puts all axes into one: shape [c, h, w] → [c·h·w], what a <see cref="DenseAttribute"/> after an image needs.
/// PyTorch: <c>nn.Flatten</c>.
/// </summary>
public sealed class FlattenAttribute : LayerAttribute;

/// <summary>
/// The same values, in the same order, under another shape. One size may be −1: whatever is left. PyTorch:
/// <c>nn.Unflatten</c>, <c>Tensor.reshape</c>.
/// </summary>
/// <param name="shape">The new sizes, without the batch.</param>
public sealed class ReshapeAttribute(params int[] shape) : LayerAttribute
{
    /// <summary>The new sizes, without the batch.</summary>
    public int[] Shape { get; } = shape;
}

/// <summary>
/// Reorders the axes: the output's axis i is the input's axis permutation[i]. (1, 0) transposes a matrix. PyTorch:
/// <c>Tensor.permute</c>.
/// </summary>
/// <param name="permutation">Every axis once, without the batch: axis 0 is the first after it.</param>
public sealed class TransposeAttribute(params int[] permutation) : LayerAttribute
{
    /// <summary>Every axis once, without the batch: axis 0 is the first after it.</summary>
    public int[] Permutation { get; } = permutation;
}
