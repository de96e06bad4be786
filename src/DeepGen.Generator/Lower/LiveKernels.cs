using System.Collections.Immutable;

namespace DeepGen.Generator.Lower;

/// <summary>
/// Lists the values of a PlaceWinners that are not zero: for each channel with their offsets in an image, or for each pixel with
/// their channels' offsets in the weights. The runtime's LiveEntries says how a list lies in memory.
/// </summary>
internal sealed class LiveListKernel(string title, View target, View d, View tap, LiveWindows windows, ImmutableArray<int> steps, bool byChannel)
    : Kernel(title, target, Level.Sample)
{
    public View D { get; } = d;

    public View Tap { get; } = tap;

    public LiveWindows Windows { get; } = windows;

    public bool ByChannel { get; } = byChannel;

    /// <summary>By channel: of a window's row, a window's column, a row and a column of pixels. By pixel: of a channel.</summary>
    public ImmutableArray<int> Steps { get; } = steps;

    public override IEnumerable<View> Reads => [D, Tap];
}

/// <summary>
/// For each channel o and each of its live entries v at a pixel: the row of sums of o += v · the patch of the image under the pixel.
/// </summary>
internal sealed class LiveFilterKernel(string title, View target, View image, View list, LiveWindows windows, Patch patch)
    : Kernel(title, target, Level.Sample)
{
    public View Image { get; } = image;

    public View List { get; } = list;

    public LiveWindows Windows { get; } = windows;

    public Patch Patch { get; } = patch;

    public override IEnumerable<View> Reads => [Image, List];
}

/// <summary>
/// From zeros: for each pixel and each of its live entries v of a channel o, the patch of the target under the pixel += v · the
/// weights of o.
/// </summary>
internal sealed class LiveImageKernel(string title, View target, View weights, View list, LiveWindows windows, Patch patch)
    : Kernel(title, target, Level.Sample)
{
    public View Weights { get; } = weights;

    public View List { get; } = list;

    public LiveWindows Windows { get; } = windows;

    public Patch Patch { get; } = patch;

    public override IEnumerable<View> Reads => [Weights, List];
}

/// <summary>The windows of a PlaceWinners: how many, of what size and how far apart, each with so many channels.</summary>
internal sealed record LiveWindows(int Rows, int Columns, int Channels, int Height, int Width, int RowStride, int ColumnStride)
{
    public int Count => Rows * Columns;

    public int Taps => Height * Width;

    /// <summary>The floats that a list of either kind takes for each sample: values, offsets, counts.</summary>
    public long ListLength(bool byChannel) => byChannel
        ? (2L * Channels * Count) + Channels
        : (2L * Channels * Count * Taps) + ((long)Count * Taps);
}

/// <summary>Some rows of pixels and channels, each a run of whole vectors.</summary>
internal sealed record Patch(int Rows, int RowVectors, long RowStride)
{
    public int Vectors => Rows * RowVectors;

    public long Length => (long)Vectors * Lanes.Count;

    /// <summary>Where a vector lies in an image; in weights and sums the vectors lie end to end.</summary>
    public long InImage(int vector) => (vector / RowVectors * RowStride) + ((long)(vector % RowVectors) * Lanes.Count);
}
