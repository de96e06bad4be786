namespace DeepGen.Data;

/// <summary>Something that gives batches of samples, epoch by epoch: a <see cref="DataSet"/> or a <see cref="StreamedData"/>.</summary>
public interface IDataSource
{
    /// <summary>What every sample has.</summary>
    SampleLayout Layout { get; }

    /// <summary>How many samples an epoch has; null if that is known only at its end.</summary>
    long? Count { get; }

    /// <summary>A reader of batches, which owns its buffers and can go through any number of epochs.</summary>
    BatchReader Read(BatchOptions options);
}

/// <summary>The short way.</summary>
public static class DataSourceExtensions
{
    /// <summary>
    /// The batches of one epoch from a position on. A batch is good until the next one; a training loop that must not allocate keeps a
    /// <see cref="BatchReader"/> for all its epochs instead.
    /// </summary>
    /// <param name="source">The data.</param>
    /// <param name="options">How they are cut into batches.</param>
    /// <param name="epoch">The number of the epoch: with the seed, it says the order.</param>
    /// <param name="skip">How many batches to leave out, as when resuming.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public static IEnumerable<Batch> Batches(
        this IDataSource source, BatchOptions options, int epoch = 0, int skip = 0, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        return Run();

        IEnumerable<Batch> Run()
        {
            using var reader = source.Read(options);
            reader.Start(epoch, skip, cancellation);
            while (reader.Next(out var batch))
            {
                yield return batch;
            }
        }
    }
}
