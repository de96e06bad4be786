using DeepGen.Generator.Lower;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Emit;

/// <summary>The sums of which a row of a tile stores the maximum, or the total.</summary>
/// <param name="IsCut">Whether the two lines may not meet the same of the first depth axis, at the upper and the lower edge of the image.</param>
/// <param name="Result">What is done with what a window is reduced to.</param>
internal sealed record TileWindow(Reduction Reduction, int Lines, int Pixels, bool IsCut, Expression Result)
{
    /// <summary>The loops of a tile that is cut are for the lower line, for both, and for the upper.</summary>
    public int LinesOfLoops => IsCut ? 4 : Lines;

    public string Text => FormattableString.Invariant($"{(Reduction == Reduction.Max ? "max" : "sum")}{Lines}x{Pixels}");
}
