namespace DeepGen;

/// <summary>
/// The largest value of each window: shape [c, h, w] → [c, h', w'] with h' = ⌊(h + 2·padding − size) / stride⌋ + 1.
/// PyTorch: <c>nn.MaxPool2d</c>.
/// </summary>
/// <param name="size">Height and width of the window.</param>
public sealed class MaxPool2DAttribute(int size) : LayerAttribute
{
    /// <summary>Height and width of the window.</summary>
    public int Size { get; } = size;

    /// <summary>How far the window moves; left out, its size, so that windows do not overlap.</summary>
    public int Stride { get; set; }

    /// <summary>How many rows and columns surround the image on each side; they never win.</summary>
    public int Padding { get; set; }
}

/// <summary>
/// The mean of each window: shape [c, h, w] → [c, h', w'] with h' = ⌊(h + 2·padding − size) / stride⌋ + 1. The zeros of the
/// padding count. PyTorch: <c>nn.AvgPool2d</c>.
/// </summary>
/// <param name="size">Height and width of the window.</param>
public sealed class AveragePool2DAttribute(int size) : LayerAttribute
{
    /// <summary>Height and width of the window.</summary>
    public int Size { get; } = size;

    /// <summary>How far the window moves; left out, its size, so that windows do not overlap.</summary>
    public int Stride { get; set; }

    /// <summary>How many zeros surround the image on each side.</summary>
    public int Padding { get; set; }
}

/// <summary>
/// The largest value of each window: shape [c, t] → [c, t'] with t' = ⌊(t + 2·padding − size) / stride⌋ + 1.
/// PyTorch: <c>nn.MaxPool1d</c>.
/// </summary>
/// <param name="size">The window's length.</param>
public sealed class MaxPool1DAttribute(int size) : LayerAttribute
{
    /// <summary>The window's length.</summary>
    public int Size { get; } = size;

    /// <summary>How far the window moves; left out, its size, so that windows do not overlap.</summary>
    public int Stride { get; set; }

    /// <summary>How many steps surround the signal on each side; they never win.</summary>
    public int Padding { get; set; }
}

/// <summary>
/// The mean of each window: shape [c, t] → [c, t'] with t' = ⌊(t + 2·padding − size) / stride⌋ + 1. The zeros of the
/// padding count. PyTorch: <c>nn.AvgPool1d</c>.
/// </summary>
/// <param name="size">The window's length.</param>
public sealed class AveragePool1DAttribute(int size) : LayerAttribute
{
    /// <summary>The window's length.</summary>
    public int Size { get; } = size;

    /// <summary>How far the window moves; left out, its size, so that windows do not overlap.</summary>
    public int Stride { get; set; }

    /// <summary>How many zeros surround the signal on each side.</summary>
    public int Padding { get; set; }
}

/// <summary>
/// The mean of each channel: shape [c, h, w] → [c]. PyTorch: <c>nn.AdaptiveAvgPool2d(1)</c> followed by <c>nn.Flatten</c>.
/// </summary>
public sealed class GlobalAveragePoolAttribute : LayerAttribute;
