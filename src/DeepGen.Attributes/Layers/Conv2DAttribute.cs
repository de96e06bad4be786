namespace DeepGen;

/// <summary>
/// A convolution over an image: shape [c, h, w] → [channels, h', w'] with
/// h' = ⌊(h + 2·padding − dilation·(kernel − 1) − 1) / stride⌋ + 1. Parameters: weight [channels, c / groups, kernel, kernel],
/// bias [channels]. PyTorch: <c>nn.Conv2d</c>.
/// </summary>
/// <param name="channels">The number of output channels; left out, as many as come in.</param>
/// <param name="kernel">Height and width of the kernel.</param>
public sealed class Conv2DAttribute(int channels = 0, int kernel = 0) : LayerAttribute
{
    /// <summary>The number of output channels; left out, as many as come in.</summary>
    public int Channels { get; set; } = channels;

    /// <summary>Height and width of the kernel.</summary>
    public int Kernel { get; set; } = kernel;

    /// <summary>The kernel's height, where it differs from its width.</summary>
    public int KernelHeight { get; set; }

    /// <summary>The kernel's width, where it differs from its height.</summary>
    public int KernelWidth { get; set; }

    /// <summary>How far the kernel moves from one output to the next.</summary>
    public int Stride { get; set; } = 1;

    /// <summary>How many rows and columns surround the image on each side; (kernel − 1) / 2 keeps its size at stride 1.</summary>
    public int Padding { get; set; }

    /// <summary>What the padding holds: zeros, or what the image says.</summary>
    public PaddingMode PaddingMode { get; set; }

    /// <summary>The distance between neighbouring elements of the kernel.</summary>
    public int Dilation { get; set; } = 1;

    /// <summary>Splits the channels into this many groups, convolved apart; both channel counts must be multiples of it.</summary>
    public int Groups { get; set; } = 1;

    /// <summary>One group for each input channel, so that every channel is convolved by itself.</summary>
    public bool Depthwise { get; set; }

    /// <summary>Whether a bias is added to every channel.</summary>
    public bool Bias { get; set; } = true;

    /// <summary>Instead of channels: this many times as many as come in.</summary>
    public int Expand { get; set; }

    /// <summary>Instead of channels: as many as come in divided by this, which must divide them.</summary>
    public int Shrink { get; set; }

    /// <summary>How outputs are computed; left out, as the network says (<see cref="ConvolutionsAttribute"/>).</summary>
    public ConvolutionAlgorithm Algorithm { get; set; }

    /// <summary>How the weight begins.</summary>
    public Initial Init { get; set; }
}
