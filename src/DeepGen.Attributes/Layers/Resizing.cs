namespace DeepGen;

/// <summary>
/// An image so many times as high and as wide: shape [c, h, w] → [c, factor·h, factor·w]. PyTorch: <c>nn.Upsample</c>.
/// </summary>
/// <param name="factor">How many pixels each becomes in each direction.</param>
public sealed class Upsample2DAttribute(int factor) : LayerAttribute
{
    /// <summary>How many pixels each becomes in each direction.</summary>
    public int Factor { get; } = factor;

    /// <summary>Whether pixels are repeated, or values between them taken.</summary>
    public UpsampleMode Mode { get; set; }
}

/// <summary>
/// Every factor² channels become one, each of their pixels a square of factor by factor:
/// y[c, i·factor + p, j·factor + q] = x[c·factor² + p·factor + q, i, j]; shape [c, h, w] → [c / factor², factor·h, factor·w].
/// PyTorch: <c>nn.PixelShuffle</c>.
/// </summary>
/// <param name="factor">The side of the squares; its square must divide the number of channels.</param>
public sealed class PixelShuffleAttribute(int factor) : LayerAttribute
{
    /// <summary>The side of the squares; its square must divide the number of channels.</summary>
    public int Factor { get; } = factor;
}

/// <summary>
/// Rows and columns around an image: shape [c, h, w] → [c, top + h + bottom, left + w + right]. PyTorch: <c>nn.ZeroPad2d</c>,
/// <c>nn.ReflectionPad2d</c>, <c>nn.ReplicationPad2d</c>, <c>nn.CircularPad2d</c>.
/// </summary>
/// <param name="padding">How many on each side.</param>
public sealed class Pad2DAttribute(int padding = 0) : LayerAttribute
{
    /// <summary>How many on each side.</summary>
    public int Padding { get; } = padding;

    /// <summary>Rows above, where they differ from <see cref="Padding"/>.</summary>
    public int Top { get; set; }

    /// <summary>Rows below, where they differ from <see cref="Padding"/>.</summary>
    public int Bottom { get; set; }

    /// <summary>Columns to the left, where they differ from <see cref="Padding"/>.</summary>
    public int Left { get; set; }

    /// <summary>Columns to the right, where they differ from <see cref="Padding"/>.</summary>
    public int Right { get; set; }

    /// <summary>What they hold.</summary>
    public PaddingMode Mode { get; set; }
}

/// <summary>
/// Steps before and after a signal: shape [c, t] → [c, left + t + right]. PyTorch: <c>nn.ConstantPad1d</c>,
/// <c>nn.ReflectionPad1d</c>, <c>nn.ReplicationPad1d</c>.
/// </summary>
/// <param name="padding">How many on each side.</param>
public sealed class Pad1DAttribute(int padding = 0) : LayerAttribute
{
    /// <summary>How many on each side.</summary>
    public int Padding { get; } = padding;

    /// <summary>Steps before, where they differ from <see cref="Padding"/>.</summary>
    public int Left { get; set; }

    /// <summary>Steps after, where they differ from <see cref="Padding"/>.</summary>
    public int Right { get; set; }

    /// <summary>What they hold.</summary>
    public PaddingMode Mode { get; set; }
}
