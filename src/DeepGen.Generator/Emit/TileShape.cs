namespace DeepGen.Generator.Emit;

/// <summary>What a tile's body depends on besides its epilogue. PanelWidth 0: the right factor's row distance is an argument.</summary>
internal sealed record TileShape(
    int Rows, int Vectors, int DepthAxes, int Unrolled, int Chains, bool UnitStep, int PanelWidth, int LastColumns, IReadOnlyList<bool> ExtraRowVaries)
{
    /// <summary>Whether the right factor has a step of its own along the outer depth axes; else its rows follow one another.</summary>
    public bool RightSteps { get; init; }

    /// <summary>Over how many panels of two vectors it reaches.</summary>
    public int Panels => (Vectors + 1) / 2;

    /// <summary>Whether each number of the right factor is two columns, sixteen apart, as bfloat16.</summary>
    public bool IsPaired { get; init; }
}
