namespace DeepGen;

/// <summary>What lies beyond the edges of an image or a signal.</summary>
public enum PaddingMode
{
    /// <summary>Zeros.</summary>
    Zeros,

    /// <summary>What lies on this side of the edge, mirrored: of a b c comes c b | a b c | b a.</summary>
    Reflect,

    /// <summary>The value at the edge: of a b c comes a a | a b c | c c.</summary>
    Replicate,

    /// <summary>What lies at the other end: of a b c comes b c | a b c | a b.</summary>
    Circular,
}
