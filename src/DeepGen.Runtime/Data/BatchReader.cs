using System.Diagnostics.CodeAnalysis;

namespace DeepGen.Data;

/// <summary>
/// Goes through epochs, batch by batch, in memory that is taken once. The position (epoch, number of the batch) is all there is to
/// know: started there, a reader goes on exactly as one that came to it.
/// </summary>
public abstract class BatchReader : IDisposable
{
    /// <summary>Begins an epoch, or begins it again.</summary>
    /// <param name="epoch">Its number: with the seed, it says the order and the augmentations.</param>
    /// <param name="skip">How many batches to leave out.</param>
    /// <param name="cancellation">Stops the reading.</param>
    public abstract void Start(int epoch, int skip = 0, CancellationToken cancellation = default);

    /// <summary>The next batch of the epoch, good until the next call; false at the end.</summary>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public abstract bool Next([MaybeNullWhen(false)] out Batch batch);

    /// <summary>The numbers of the current batch's samples: in a data set their indices, in a stream their places in it.</summary>
    public abstract ReadOnlySpan<long> Samples { get; }

    /// <summary>Gives up whatever is open.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives up whatever is open.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}
