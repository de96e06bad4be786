using System.Collections.Immutable;

namespace DeepGen;

/// <summary>Some samples to learn from. Whoever hands it out may use its memory again for the next one.</summary>
public sealed class Batch
{
    /// <param name="count">How many samples.</param>
    /// <param name="inputs">One memory per input of the network, samples one after another.</param>
    /// <param name="targets">One target per loss.</param>
    public Batch(int count, ImmutableArray<ReadOnlyMemory<float>> inputs, ImmutableArray<Target> targets)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Count = count;
        Inputs = inputs;
        Targets = targets;
    }

    /// <summary>How many samples.</summary>
    public int Count { get; }

    /// <summary>One memory per input of the network.</summary>
    public ImmutableArray<ReadOnlyMemory<float>> Inputs { get; }

    /// <summary>One target per loss.</summary>
    public ImmutableArray<Target> Targets { get; }

    /// <summary>Where each sample is a graph, the graphs.</summary>
    public GraphBatch? Graphs { get; init; }
}
