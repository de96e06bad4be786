namespace DeepGen.Data;

/// <summary>Samples that are read as they come, for data larger than memory.</summary>
/// <remarks>
/// A thread reads ahead, at most <see cref="BatchOptions.Prefetch"/> batches. With <see cref="BatchOptions.Shuffle"/>, each sample
/// is drawn from a window of the next <see cref="BatchOptions.ShuffleWindow"/>; the order is a function of the seed, the epoch and
/// the stream. Batches that are skipped are read, but neither augmented nor put together.
/// </remarks>
public sealed class StreamedData : IDataSource
{
    private readonly Func<int, CancellationToken, IEnumerable<Sample>> _open;

    /// <summary>Data that a function opens for each epoch.</summary>
    /// <param name="layout">What every sample has.</param>
    /// <param name="open">
    /// Given the number of the epoch, the samples, the same ones whenever it is asked for that epoch. It is enumerated on another
    /// thread; the token says that nobody waits for more.
    /// </param>
    /// <param name="count">How many samples there are, if that is known.</param>
    public StreamedData(SampleLayout layout, Func<int, CancellationToken, IEnumerable<Sample>> open, long? count = null)
    {
        ArgumentNullException.ThrowIfNull(layout);
        ArgumentNullException.ThrowIfNull(open);
        (Layout, _open, Count) = (layout, open, count);
    }

    /// <inheritdoc/>
    public SampleLayout Layout { get; }

    /// <inheritdoc/>
    public long? Count { get; }

    /// <inheritdoc/>
    public BatchReader Read(BatchOptions options) => new StreamedReader(this, options);

    internal IEnumerator<Sample> Open(int epoch, CancellationToken cancellation) => _open(epoch, cancellation).GetEnumerator();
}
