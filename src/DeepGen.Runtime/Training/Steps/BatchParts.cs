namespace DeepGen.Runtime;

/// <summary>
/// How a batch is cut into parts that threads share. It depends on the batch and the program alone, never on the number of
/// threads, since sums grow part by part: so they are the same to the last bit for any number of threads.
/// </summary>
internal readonly struct BatchParts
{
    private const int Granule = 8;
    private const int SmallPart = 16;
    private const int LargePart = 32;
    private const int Few = 8;
    private const int Most = 16;

    private readonly int _batch;
    private readonly int _granules;

    public BatchParts(int batch)
    {
        _batch = batch;
        _granules = (batch + Granule - 1) / Granule;


        // Parts enough for a few threads come first; then parts so large that panels of weights serve many rows each.
        int small = Math.Min((batch + SmallPart - 1) / SmallPart, Few);
        int large = Math.Min((batch + LargePart - 1) / LargePart, Most);
        Count = Math.Max(1, Math.Max(small, large));
    }

    public int Count { get; }

    /// <summary>The first sample of a part; parts begin where tiles of rows do.</summary>
    public int Start(int part) => (int)Math.Min(_batch, (long)part * _granules / Count * Granule);
}
