namespace DeepGen;

/// <summary>
/// A convolution along a signal: shape [c, t] → [channels, t'] with t' = ⌊(t + 2·padding − dilation·(kernel − 1) − 1) / stride⌋ + 1.
/// Parameters: weight [channels, c / groups, kernel], bias [channels]. PyTorch: <c>nn.Conv1d</c>.
/// </summary>
/// <param name="channels">The number of output channels; left out, as many as come in.</param>
/// <param name="kernel">The length of the kernel.</param>
public sealed class Conv1DAttribute(int channels = 0, int kernel = 0) : LayerAttribute
{
    /// <summary>The number of output channels; left out, as many as come in.</summary>
    public int Channels { get; set; } = channels;

    /// <summary>The length of the kernel.</summary>
    public int Kernel { get; set; } = kernel;

    /// <summary>How far the kernel moves from one output to the next.</summary>
    public int Stride { get; set; } = 1;

    /// <summary>How many steps surround the signal on each side; (kernel − 1) / 2 keeps its length at stride 1.</summary>
    public int Padding { get; set; }

    /// <summary>Instead of a padding: dilation·(kernel − 1) steps before the signal and none after, so that no output sees the future.</summary>
    public bool Causal { get; set; }

    /// <summary>What the padding holds: zeros, or what the signal says.</summary>
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

    /// <summary>How the weight begins.</summary>
    public Initial Init { get; set; }
}
