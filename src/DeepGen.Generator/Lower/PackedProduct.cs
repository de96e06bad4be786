using System.Collections.Immutable;
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

    public const int ScratchLength = Depth * (Rows + Lanes.Count);

    /// <summary>Copies of either factor are read this often at least, in rows and in vectors of columns.</summary>
    private const int FewestTiles = 4;

    /// <summary>Whether the copies are little beside the product.</summary>
    public static bool Pays(Size rows, Size columns, ImmutableArray<Size> depth) =>
        depth.Length == 1 && depth[0].IsBatch && rows.IsConstant && columns.IsConstant
        && rows.Value >= FewestTiles * Lanes.Count && columns.Value >= FewestTiles * Lanes.Count;
}
