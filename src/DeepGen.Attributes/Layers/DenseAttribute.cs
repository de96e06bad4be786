namespace DeepGen;

/// <summary>
/// A fully connected layer: y = W x + b. Shape [n] → [units], or [t, n] → [t, units], the same weights for every row; flatten
/// an image first. Parameters: weight [units, n], bias [units]. PyTorch: <c>nn.Linear</c>.
/// </summary>
/// <param name="units">The size of the output; left out, the size of the input.</param>
public sealed class DenseAttribute(int units = 0) : LayerAttribute
{
    /// <summary>The size of the output; left out, the size of the input.</summary>
    public int Units { get; } = units;

    /// <summary>Whether b is there.</summary>
    public bool Bias { get; set; } = true;

    /// <summary>Instead of <see cref="Units"/>: the output is this many times as large as the input.</summary>
    public int Expand { get; set; }

    /// <summary>Instead of <see cref="Units"/>: the output is the input's size divided by this, which must divide it.</summary>
    public int Shrink { get; set; }

    /// <summary>How the weight begins.</summary>
    public Initial Init { get; set; }
}
