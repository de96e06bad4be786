using System.Collections.Immutable;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Lower;

/// <summary>
/// A product through lists of what is not zero in its left factor. Of many rows: for a piece of the depth, a list for each row, and some columns of
/// the right factor, or a copy of them, which stay in the first cache while the rows go through their lists. Of a single sample: one list, and weights that only zeros meet are
/// not read. Whether it pays is seen at run time, by the zeros there are.
/// </summary>
internal static class LiveProduct
{
    /// <summary>The depths that a list has room for. The runtime says how many a piece has, whose columns are to stay in the first cache.</summary>
    public const int Depth = 96;
    private const int NarrowVectors = 4;

    /// <summary>A register that holds all lanes leaves room for more sums, which wait for one another otherwise.</summary>
    private const int WideVectors = 8;

    /// <summary>Rows of a piece: the lists of so many fit a second cache. The runtime's LiveRows knows them, and the room for depths and for columns.</summary>
    public const int Rows = 256;

    /// <summary>With fewer rows, the columns are copied for too few.</summary>
    public const int FewestRows = 32;

    /// <summary>Where they are not copied, most values must be zeros for so few to pay.</summary>
    public const int FewestInPlace = 3;

    /// <summary>With fewer columns, or less depth, the lists take too much of the time.</summary>
    private const int FewestColumns = 256;
    private const int FewestColumnsOfOne = 64;
    private const int LeastDepth = 64;

    /// <summary>The lists: a value and a place for each depth, and a count for each row. The copy of the columns follows them.</summary>
    public const int ListsLength = (Rows * Depth * 2) + Rows;

    private const int ColumnsLength = 8192;

    private const int ScratchLength = ListsLength + ColumnsLength;

    /// <summary>How many depths the runtime gives a piece: with a first cache of 32 KiB, and with larger ones.</summary>
    public static ImmutableArray<int> Depths(bool isWide) => isWide ? ImmutableArray.Create(48, 64) : ImmutableArray.Create(Depth);

    public static int Vectors(bool isWide) => isWide ? WideVectors : NarrowVectors;

    public static bool Suits(Shape left, Shape right)
    {
        (Size rows, Size depth) = (left[left.Rank - 2], left[left.Rank - 1]);
        return right.Rank == 2 && (SuitsRows(rows, depth, right[1]) || SuitsOne(rows, depth, right[1]));
    }

    public static bool SuitsRows(Size rows, Size depth, Size columns) =>
        columns is { IsConstant: true, Value: >= FewestColumns }
        && (rows.IsBatch || rows is { IsConstant: true, Value: >= FewestRows })
        && (depth.IsBatch || depth is { IsConstant: true, Value: >= LeastDepth });

    public static bool SuitsOne(Size rows, Size depth, Size columns) =>
        rows.IsBatch && columns is { IsConstant: true, Value: >= FewestColumnsOfOne } && depth is { IsConstant: true, Value: >= LeastDepth };

    /// <summary>The memory of the lists of many rows and of that of one, which are never there together.</summary>
    public static int Length(bool ofRows, bool ofOne, Size depth) => Math.Max(ofRows ? ScratchLength : 0, ofOne ? 2 * depth.Value : 0);
}
