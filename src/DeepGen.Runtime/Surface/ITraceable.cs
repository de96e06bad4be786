namespace DeepGen;

/// <summary>A network the compiler wrote a trace for.</summary>
public interface ITraceable : INetwork
{
    /// <summary>Every named value inside the network, in the order in which they are computed.</summary>
    /// <param name="inputs">One memory per input, samples one after another.</param>
    IReadOnlyList<NamedTensor> Trace(ReadOnlySpan<ReadOnlyMemory<float>> inputs);
}
