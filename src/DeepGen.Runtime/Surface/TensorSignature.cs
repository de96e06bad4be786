using System.Collections.Immutable;

namespace DeepGen;

/// <summary>An input or output of a network: its name, and the shape of one sample, outermost size first.</summary>
/// <param name="Name">The name in the declaration.</param>
/// <param name="Shape">The sizes of one sample; the batch does not count.</param>
public sealed record TensorSignature(string Name, ImmutableArray<int> Shape)
{
    /// <summary>The input that says how many rows of it a sample has, its first size being the most; empty where all have as many.</summary>
    public string Lengths { get; init; } = "";

    /// <summary>How many numbers one sample has.</summary>
    public int Length => Shape.Aggregate(1, (n, size) => checked(n * size));

    /// <inheritdoc/>
    public bool Equals(TensorSignature? other) => other is not null && Name == other.Name && Lengths == other.Lengths && Shape.AsSpan().SequenceEqual(other.Shape.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Shape.Length, Length);

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Shapes.Text(Shape)}";
}
