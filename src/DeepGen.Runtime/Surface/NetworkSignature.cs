using System.Collections.Immutable;

namespace DeepGen;

/// <summary>What goes into a network and what comes out of it.</summary>
/// <param name="Name">The class's name.</param>
/// <param name="Inputs">The inputs in the order in which Predict takes them.</param>
/// <param name="Outputs">The outputs in the order in which Predict takes them.</param>
public sealed record NetworkSignature(string Name, ImmutableArray<TensorSignature> Inputs, ImmutableArray<TensorSignature> Outputs)
{
    /// <summary>Where each sample is a graph, the most nodes that one may have; 0 for all other networks.</summary>
    public int LargestGraph { get; init; }

    /// <inheritdoc/>
    public bool Equals(NetworkSignature? other) =>
        other is not null && Name == other.Name && LargestGraph == other.LargestGraph && Inputs.SequenceEqual(other.Inputs) && Outputs.SequenceEqual(other.Outputs);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, Inputs.Length, Outputs.Length);

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {string.Join(", ", Inputs)} -> {string.Join(", ", Outputs)}";
}
