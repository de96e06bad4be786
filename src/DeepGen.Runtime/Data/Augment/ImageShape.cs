using System.Collections.Immutable;

namespace DeepGen.Data;

/// <summary>Where value (c, y, x) of an image lies: ((c · height) + y) · width + x.</summary>
public readonly record struct ImageShape(int Channels, int Height, int Width)
{
    /// <summary>How many values.</summary>
    public int Length => Channels * Height * Width;

    /// <summary>How many values a channel has.</summary>
    public int Plane => Height * Width;

    /// <summary>[c, h, w], or [h, w] with one channel; null for other shapes.</summary>
    internal static ImageShape? Of(ImmutableArray<int> shape) => shape.Length switch
    {
        3 => new ImageShape(shape[0], shape[1], shape[2]),
        2 => new ImageShape(1, shape[0], shape[1]),
        _ => null,
    };
}
