namespace DeepGen;

/// <summary>
/// A tensor of its own, the same for every sample, which is learnt as a weight is: what a recurrent layer begins with, a vector
/// for what is not known. It takes nothing: <c>[Learned(64)] private partial Tensor Start();</c>. Parameter: weight of that shape.
/// PyTorch: <c>nn.Parameter</c>.
/// </summary>
/// <param name="shape">Its sizes, without the batch.</param>
public sealed class LearnedAttribute(params int[] shape) : LayerAttribute
{
    /// <summary>Its sizes, without the batch.</summary>
    public int[] Shape { get; } = shape;

    /// <summary>It begins normal with this deviation; left out, at zero.</summary>
    public float Deviation { get; set; }
}

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
