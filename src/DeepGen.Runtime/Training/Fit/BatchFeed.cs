using DeepGen.Data;

namespace DeepGen;

/// <summary>The batches of some data for one purpose, and how many there will be if that is known.</summary>
internal sealed class BatchFeed : IDisposable
{
    private readonly BatchReader _reader;

    public BatchFeed(IDataSource source, BatchOptions options)
    {
        Source = source;
        Samples = source.Count;
        Batches = Samples is { } count ? options.Batches(count) : null;
        _reader = source.Read(options);
    }

    public IDataSource Source { get; }

    /// <summary>How many samples an epoch has; null if only its end will tell.</summary>
    public long? Samples { get; }

    /// <summary>How many batches an epoch has; null if only its end will tell.</summary>
    public long? Batches { get; }

    /// <summary>Which samples the last batch has.</summary>
    public ReadOnlySpan<long> Numbers => _reader.Samples;

    /// <summary>Begins an epoch, counted from 0, at one of its batches.</summary>
    public void Start(int epoch, int firstBatch) => _reader.Start(epoch, firstBatch);

    /// <summary>The next batch, good until the one after it; null at the epoch's end.</summary>
    public Batch? Next() => _reader.Next(out var batch) ? batch : null;

    public void Dispose() => _reader.Dispose();
}
