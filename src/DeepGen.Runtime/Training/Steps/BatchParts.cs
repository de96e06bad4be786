namespace DeepGen.Runtime;

/// <summary>
/// How a batch is cut into parts that threads share. Where sums grow part by part it depends on the batch alone, never on the
/// number of threads: so they are the same to the last bit for any number of threads.
/// </summary>
internal readonly struct BatchParts
{
    private const int Granule = 8;
    private const int SmallPart = 16;
    private const int LargePart = 32;
    private const int Few = 8;
    private const int Most = 16;

    /// <summary>Each part has an area for all gradients, to be added up: few of them.</summary>
    private const int FewHeavy = 4;

    private readonly int _batch;
    private readonly int _granule;
    private readonly int _granules;

    /// <param name="batch">How many samples there are.</param>
    /// <param name="isHeavy">Whether a sample is so much work that a few of them are worth sharing.</param>
    public BatchParts(int batch, bool isHeavy)
        : this(batch, isHeavy && batch < SmallPart ? 1 : Granule, isHeavy && batch < SmallPart ? Math.Clamp(batch, 1, FewHeavy) : Parts(batch))
    {
    }

    private BatchParts(int batch, int granule, int count)
    {
        _batch = batch;
        _granule = granule;
        _granules = (batch + granule - 1) / granule;
        Count = count;
    }

    public int Count { get; }

    /// <summary>The most parts that a batch of so many samples, or of fewer, is cut into: fewer samples may be more parts.</summary>
    public static int MostOf(int batch, bool isHeavy) => Math.Max(Parts(batch), isHeavy ? Math.Clamp(batch, 1, FewHeavy) : 1);

    /// <summary>A part for each thread, where no sum grows.</summary>
    public static BatchParts ForThreads(int batch, int threads)
    {
        int count = Math.Clamp(threads, 1, Math.Max(1, batch));
        return new BatchParts(batch, batch >= Granule * count ? Granule : 1, count);
    }

    /// <summary>The first sample of a part; parts begin where tiles of rows do.</summary>
    public int Start(int part) => (int)Math.Min(_batch, (long)part * _granules / Count * _granule);

    /// <summary>Parts enough for a few threads come first; then parts so large that panels of weights serve many rows each.</summary>
    private static int Parts(int batch)
    {
        int small = Math.Min((batch + SmallPart - 1) / SmallPart, Few);
        int large = Math.Min((batch + LargePart - 1) / LargePart, Most);
        return Math.Max(1, Math.Max(small, large));
    }
}
