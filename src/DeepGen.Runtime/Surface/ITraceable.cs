namespace DeepGen;

/// <summary>A network the compiler wrote a trace for.</summary>
public interface ITraceable : INetwork
{
    /// <summary>Every named value inside the network, in the order in which they are computed.</summary>
    /// <param name="inputs">One memory per input, samples one after another.</param>
    IReadOnlyList<NamedTensor> Trace(ReadOnlySpan<ReadOnlyMemory<float>> inputs);

    /// <summary>The same for the inputs of a batch; its graphs are read where each sample is one.</summary>
    IReadOnlyList<NamedTensor> Trace(Batch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return Trace(batch.Inputs.AsSpan());
    }
}
