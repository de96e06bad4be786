namespace DeepGen.Ladder.Convolution;

/// <summary>A convolution 3x3, 32 to 64 channels, on four images of 16 x 16, zeros around them.</summary>
internal static class Shape
{
    public const int Images = 4, Size = 16, In = 32, Out = 64;

    /// <summary>Height and width of an image with its border.</summary>
    public const int Bordered = Size + 2;

    /// <summary>Values of an image as it comes, with its border, and of what is computed from it.</summary>
    public const int Image = Size * Size * In, BorderedImage = Bordered * Bordered * In, Result = Size * Size * Out;

    /// <summary>Three pixels side by side, all their channels: one run of memory where images are interleaved.</summary>
    public const int Three = 3 * In;
}
