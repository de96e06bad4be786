namespace DeepGen;

/// <summary>
/// A transposed convolution: what <see cref="Conv1DAttribute"/> does to gradients, and the way to a larger signal. Shape
/// [c, t] → [channels, t'] with t' = (t − 1)·stride − 2·padding + dilation·(kernel − 1) + outputPadding + 1.
/// Parameters: weight [c, channels / groups, kernel], bias [channels]. PyTorch: <c>nn.ConvTranspose1d</c>.
/// </summary>
/// <param name="channels">The number of output channels; left out, as many as come in.</param>
/// <param name="kernel">The length of the kernel.</param>
public sealed class ConvTranspose1DAttribute(int channels = 0, int kernel = 0) : LayerAttribute
{
    /// <summary>The number of output channels; left out, as many as come in.</summary>
    public int Channels { get; set; } = channels;

    /// <summary>The length of the kernel.</summary>
    public int Kernel { get; set; } = kernel;

    /// <summary>How far apart neighbouring inputs lie in the output: the factor by which the signal grows.</summary>
    public int Stride { get; set; } = 1;

    /// <summary>Steps cut off the output on each side.</summary>
    public int Padding { get; set; }

    /// <summary>Steps added to the output at its end; less than the stride or the dilation.</summary>
    public int OutputPadding { get; set; }

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
