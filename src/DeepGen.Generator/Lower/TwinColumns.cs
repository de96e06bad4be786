namespace DeepGen.Generator.Lower;

/// <summary>
/// Products of several rows whose last columns are eight or fewer: a vector holds those of two rows, as two halves. Eight are stored of each.
/// </summary>
internal static class TwinColumns
{
    /// <summary>Depths of one sum that take as long as to store a vector of sums and to read it again.</summary>
    private const int DepthOfStore = 6;

    /// <summary>Narrow registers are halves of vectors: nothing is computed that is not wanted, whatever the rows.</summary>
    public static bool SpareNarrow(ContractKernel product) => AreFew(product) && (IsCounted(product) || product.Rows.Value > 1);

    /// <summary>
    /// With wide registers halves are products of their own, which take half the time. A last odd row is a tile of its own, which waits for its sums: not of
    /// few rows. Nor where the one row of a single sample would be two tiles.
    /// </summary>
    public static bool SpareWide(ContractKernel product) => AreFew(product)
        && (IsCounted(product) ? product.Columns.Value % (2 * Lanes.Count) < Lanes.Count : product.Rows.Value is 6 or >= 8);

    /// <summary>Whether half a vector less in each sum is more than there is to gain where what is summed is not stored.</summary>
    public static bool SpareMoreThanStores(ContractKernel product)
    {
        int vectors = (product.Columns.Value + Lanes.Count - 1) / Lanes.Count;
        long depth = product.DepthExtents.Aggregate(1L, (n, e) => n * e.Value);
        return SpareWide(product) && depth > 2 * DepthOfStore * vectors;
    }

    private static bool AreFew(ContractKernel product)
    {
        int last = product.Columns.Value % Lanes.Count;
        bool areFew = last == Lanes.Half || (last > 0 && last < Lanes.Half && product.Target.PaddedRows);
        return areFew && product is { Chains: 1, Window: null } && !product.Right.View.Buffer.IsPaired;
    }

    private static bool IsCounted(ContractKernel product) => product.Level == Level.Chunk || !product.Rows.IsConstant;
}
