namespace DeepGen.Data;

/// <summary>How data are cut into batches. The batches are a function of the data, these options and the number of the epoch.</summary>
/// <param name="Size">How many samples a batch has; the last of an epoch may have fewer.</param>
public sealed record BatchOptions(int Size)
{
    /// <summary>Whether every epoch has an order of its own, drawn by the seed.</summary>
    public bool Shuffle { get; init; }

    /// <summary>The seed of orders and augmentations.</summary>
    public ulong Seed { get; init; }

    /// <summary>Whether a last batch with fewer samples is left out.</summary>
    public bool DropLast { get; init; }

    /// <summary>What is done to the input of each sample in each epoch, if anything.</summary>
    public Augmentation? Augmentation { get; init; }

    /// <summary>Which input is augmented.</summary>
    public int AugmentedInput { get; init; }

    /// <summary>How many threads augment; the batches do not depend on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Streamed data are shuffled within a window of so many samples.</summary>
    public int ShuffleWindow { get; init; } = 4096;

    /// <summary>How many batches of streamed data are read ahead.</summary>
    public int Prefetch { get; init; } = 2;

    /// <summary>How many batches so many samples make.</summary>
    public long Batches(long samples) => DropLast ? samples / Size : (samples + Size - 1) / Size;

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Size, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(ShuffleWindow, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Prefetch, 1);
    }
}
