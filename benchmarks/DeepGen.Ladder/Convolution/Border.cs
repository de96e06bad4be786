using static DeepGen.Ladder.Convolution.Shape;

namespace DeepGen.Ladder.Convolution;

/// <summary>An image with zeros around it, so that nothing need ask where it reads. In a network the step before writes it so.</summary>
internal static class Border
{
    public static void Fill(ReadOnlySpan<float> image, Span<float> bordered)
    {
        for (int row = 0; row < Size; row++)
            image.Slice(row * Size * In, Size * In).CopyTo(bordered[((((row + 1) * Bordered) + 1) * In)..]);
    }
}
