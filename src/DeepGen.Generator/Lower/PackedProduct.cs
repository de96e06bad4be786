using DeepGen.Generator.Emit;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Lower;

/// <summary>
/// A product that sums along the rows of both factors, as gradients of weights do, reads each depth in another place: of the batch a whole
/// sample apart. Where registers are few its tiles are small, and use little of each cache line they fetch: pieces of both factors are
/// copied first, in the order in which tiles go through them.
/// </summary>
internal static class PackedProduct
{
    /// <summary>Depths of one piece of many: those of a panel of sixteen columns fill half of a first cache.</summary>
    public const int Depth = 256;

    /// <summary>Rows of such a piece, in whole tiles: half of a second cache.</summary>
    private const int MostRows = 240;

    /// <summary>Depths of the deepest single piece, which leave it rows enough.</summary>
    private const int Deepest = 1024;

    /// <summary>Copies of either factor are read by so many rows and columns at least.</summary>
    private const int Fewest = 4 * Lanes.Count;

    /// <summary>So many depths that lie apart do not fit the first cache.</summary>
    private const int Shallowest = 64;

    /// <summary>
    /// Whether it is such a product, and the copies little beside it. Of many pieces the sums wait in the target from one to the next, so they
    /// must be all that goes there; a single piece has any epilogue.
    /// </summary>
    public static bool Pays(ContractKernel product) =>
        product is { Left.RowStride: 1, PanelStride: 2 * Lanes.Count, DepthExtents.Length: 1, Chains: 1, Triangle: Triangle.None }
        && product.DepthExtents[0] is var depth
        && (depth.IsBatch ? IsSum(product.Result) : depth is { IsConstant: true, Value: >= Shallowest and <= Deepest })
        && product.OuterExtents.Take(product.OuterExtents.Length - (product.HasRowBlocks ? 1 : 0)).All(e => e == (Size)1)
        && product.Rows.IsConstant && product.AllRows >= Fewest && product.Columns is { IsConstant: true, Value: >= Fewest }
        && (product.Right.View.Buffer.MayOverread || product.Columns.Value % Lanes.Count == 0);

    /// <summary>Rows of a piece, in whole tiles: the deeper it is the fewer.</summary>
    public static int Rows(ContractKernel product) => Math.Min(MostRows, MostRows * Depth / DepthOf(product) / Tile * Tile);

    /// <summary>The sum, or the sum and nothing, which makes +0 of -0 and is as good after each piece.</summary>
    private static bool IsSum(Expression result) => result is AccumulatorExpression
        || (result is OperationExpression { Op: ScalarOp.Add } sum && sum.Arguments[0] is AccumulatorExpression && sum.Arguments[1] is ConstantExpression { Value: 0 });

    /// <summary>The copy of a panel of columns; that of the rows follows it.</summary>
    public static int PanelLength(ContractKernel product) => DepthOf(product) * Lanes.Count;

    /// <summary>Rows are copied in groups, the last of which may not be full.</summary>
    public static int ScratchLength(ContractKernel product) =>
        PanelLength(product) + (DepthOf(product) * Math.Min(Rows(product), product.AllRows + Tile));

    private static int Tile => TileRoom.Narrow.Tallest;

    private static int DepthOf(ContractKernel product) => product.SumsBatch ? Depth : product.DepthExtents[0].Value;
}
