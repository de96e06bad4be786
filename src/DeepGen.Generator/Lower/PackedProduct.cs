using System.Collections.Immutable;
using DeepGen.Generator.Emit;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Lower;

/// <summary>
/// A product whose depth is the batch reads rows that lie a whole sample apart. Where registers are few its tiles are small, and use little of
/// each cache line they fetch: pieces of both factors are copied first, in the order in which tiles go through them.
/// </summary>
internal static class PackedProduct
{
    /// <summary>Samples of one piece: those of a panel of sixteen columns fill half of a first cache.</summary>
    public const int Depth = 256;

    /// <summary>Rows of one piece, in whole tiles: with so many samples half of a second cache.</summary>
    public const int Rows = 240;

    /// <summary>The copy of a panel of columns; that of the rows follows it.</summary>
    public const int PanelLength = Depth * Lanes.Count;

    /// <summary>Copies of either factor are read by so many rows and columns at least.</summary>
    private const int Fewest = 4 * Lanes.Count;

    /// <summary>
    /// Whether the copies are little beside the product. Its sums wait in the target from one piece of samples to the next, so they must be all
    /// that goes there.
    /// </summary>
    public static bool Pays(Size rows, Size columns, ImmutableArray<Size> depth, ContractOperand left, Expression result) =>
        depth.Length == 1 && depth[0].IsBatch && left.OuterStrides.IsEmpty && left.RowStride == 1 && result is AccumulatorExpression
        && rows.IsConstant && rows.Value >= Fewest && columns.IsConstant && columns.Value >= Fewest;

    /// <summary>Rows are copied in groups, the last of which may not be full.</summary>
    public static int ScratchLength(int rows) => PanelLength + (Depth * Math.Min(Rows, rows + TileRoom.Narrow.Tallest));
}
