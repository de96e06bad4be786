namespace DeepGen;

/// <summary>What every network can do, whatever its inputs and outputs: enough for a server or a trainer.</summary>
public interface INetwork
{
    /// <summary>The parameters by their dotted names.</summary>
    ParameterSet Parameters { get; }

    /// <summary>How many threads a prediction may use; 1, the default, is the caller's alone. Results do not depend on it.</summary>
    int Threads { get; set; }

    /// <summary>Computes the outputs for any number of samples. May be called from many threads at once.</summary>
    /// <param name="inputs">One memory per input, samples one after another.</param>
    /// <param name="outputs">One memory per output, filled by the call.</param>
    void Predict(ReadOnlySpan<ReadOnlyMemory<float>> inputs, ReadOnlySpan<Memory<float>> outputs);

    /// <summary>The same for the inputs of a batch; its graphs are read where each sample is one, its targets are not.</summary>
    /// <param name="batch">The inputs.</param>
    /// <param name="outputs">One memory per output, filled by the call.</param>
    void Predict(Batch batch, ReadOnlySpan<Memory<float>> outputs)
    {
        ArgumentNullException.ThrowIfNull(batch);
        Predict(batch.Inputs.AsSpan(), outputs);
    }
}

/// <summary>What is known of a network's class, so that generic code needs no reflection.</summary>
/// <typeparam name="TSelf">The network's class.</typeparam>
public interface INetwork<TSelf> : INetwork
    where TSelf : INetwork<TSelf>
{
    /// <summary>The inputs and outputs.</summary>
    static abstract NetworkSignature Signature { get; }

    /// <summary>A table of layers, output shapes, parameters and operations.</summary>
    static abstract string Summary { get; }

    /// <summary>How many numbers training could change.</summary>
    static abstract long ParameterCount { get; }

    /// <summary>A network with fresh parameters.</summary>
    /// <param name="seed">Equal seeds give equal parameters, on every machine.</param>
    static abstract TSelf Create(ulong seed);
}
