namespace DeepGen.Ladder.Pooling;

/// <summary>relu(a convolution 3x3 + bias) of an image without padding, and the greatest of every two by two of it. Channels are interleaved.</summary>
/// <param name="Size">Height and width of what the convolution gives; eight divides it.</param>
internal sealed record Shape(int In, int Out, int Size)
{
    /// <summary>Height and width of the image.</summary>
    public int Side => Size + 2;

    public int Pooled => Size / 2;

    /// <summary>From one line of the image to the next.</summary>
    public int Line => Side * In;

    /// <summary>Three pixels side by side, all their channels: one run of memory.</summary>
    public int Three => 3 * In;

    public double Operations => 2.0 * Size * Size * 3 * Three * Out;
}
