namespace DeepGen;

/// <summary>How the edges of a graph count.</summary>
public enum NeighbourWeights
{
    /// <summary>
    /// D⁻½ (A + I) D⁻½, where D holds the row sums of A + I: what Kipf and Welling multiply by. An edge from a node to itself
    /// counts in place of the one of I.
    /// </summary>
    Symmetric,

    /// <summary>Each row of A divided by its sum: the mean of the neighbours, zero for a node that has none.</summary>
    Mean,

    /// <summary>A + I with all weights one: every neighbour and the node itself.</summary>
    WithSelf,
}
