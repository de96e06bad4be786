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

    /// <summary>Normal with mean 0, drawn again where it lies beyond two deviations; the scale is the deviation before that.</summary>
    TruncatedNormal,

    /// <summary>
    /// As a matrix of a row for each index of the first axis: orthonormal rows, or columns where rows are more, times the scale.
    /// </summary>
    Orthogonal,
}
