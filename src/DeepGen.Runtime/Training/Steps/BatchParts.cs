using System.Numerics;

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

    /// <summary>Each part has an area for all sums of a stage: where a few areas are larger than this, 16 megabytes, there are no more of them.</summary>
    private const int MostFloats = 1 << 22;
    private const int FewAreas = 4;

    private readonly int _granule;
    private readonly int _granules;

    private BatchParts(int batch, int count, int fewest)
    {
        Batch = batch;
        _granule = fewest >= Granule && batch >= Granule * count ? Granule : 1;
        _granules = (batch + _granule - 1) / _granule;
        Count = count;
    }

    public int Batch { get; }

    public int Count { get; }

    /// <summary>Where sums grow: a power of two, which most numbers of threads share evenly, and no fewer for a larger batch.</summary>
    /// <param name="batch">How many samples there are.</param>
    /// <param name="fewest">Of how many a part should consist at least.</param>
    /// <param name="sumsLength">How many sums there are.</param>
    public static BatchParts WithSums(int batch, int fewest, int sumsLength)
    {
        int enough = (int)BitOperations.RoundUpToPowerOf2((uint)Parts(batch));
        int most = Math.Min(Math.Min(batch / fewest, Most), Math.Max(FewAreas, MostFloats / sumsLength));
        int more = 1 << BitOperations.Log2((uint)most | 1);
        return more > enough ? new BatchParts(batch, more, fewest) : new BatchParts(batch, enough, Granule);
    }

    /// <summary>Where none does: a part for each thread, or more, of which those that are slow do fewer.</summary>
    public static BatchParts ForThreads(int batch, int threads, int fewest)
    {
        int each = Threads(batch, threads, fewest);
        return new BatchParts(batch, each == 1 ? 1 : Math.Clamp(batch / fewest, each, Math.Min(batch, Most * each)), fewest);
    }

    /// <summary>
    /// For how many threads there is a part that is not too small: of a quarter of the samples that a part should have, or of eight, the rows of a tile; fewer
    /// take about as long.
    /// </summary>
    public static int Threads(int batch, int threads, int fewest) => Math.Min(threads, Math.Max(1, batch / Math.Clamp(fewest / 4, 1, Granule)));

    /// <summary>Whether threads do better to share the columns of wide layers than the samples: else each of them reads all weights for a few.</summary>
    public static bool AreFew(int batch, int threads) => batch < (long)SmallPart * threads;

    /// <summary>The first sample of a part; large parts begin where tiles of rows do.</summary>
    public int Start(int part) => (int)Math.Min(Batch, (long)part * _granules / Count * _granule);

    /// <summary>Parts enough for a few threads come first; then parts so large that panels of weights serve many rows each.</summary>
    private static int Parts(int batch)
    {
        int small = Math.Min((batch + SmallPart - 1) / SmallPart, Few);
        int large = Math.Min((batch + LargePart - 1) / LargePart, Most);
        return Math.Max(1, Math.Max(small, large));
    }
}
