namespace DeepGen;

/// <summary>Where the pixels of a larger image come from.</summary>
public enum UpsampleMode
{
    /// <summary>Each is a copy of the one it lies in.</summary>
    Nearest,

    /// <summary>
    /// Each lies between the centres of four, and is their mean weighted by nearness. PyTorch:
    /// <c>nn.Upsample(mode="bilinear", align_corners=False)</c>.
    /// </summary>
    Bilinear,
}
