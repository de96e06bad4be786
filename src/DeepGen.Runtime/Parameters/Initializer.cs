namespace DeepGen;

/// <summary>How the values of a fresh parameter are chosen; each kind has one scale.</summary>
public enum Initializer
{
    /// <summary>All 0.</summary>
    Zeros,

    /// <summary>All 1.</summary>
    Ones,

    /// <summary>All equal to the scale.</summary>
    Constant,

    /// <summary>Uniform between minus the scale and the scale.</summary>
    Uniform,

    /// <summary>Normal with mean 0, the scale being the standard deviation.</summary>
    Normal,
}
