namespace DeepGen;

/// <summary>The order in which an image's values arrive.</summary>
public enum Layout
{
    /// <summary>Channels, height, width: one plane after another, PyTorch's order.</summary>
    Chw,

    /// <summary>Height, width, channels: interleaved, as decoders and cameras give images.</summary>
    Hwc,
}
