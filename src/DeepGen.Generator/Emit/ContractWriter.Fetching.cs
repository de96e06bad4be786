using DeepGen.Generator.Lower;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Emit;

/// <summary>The next panel of weights comes while this one is multiplied: the first tile of each panel would wait for it otherwise.</summary>
internal sealed partial class ContractWriter
{
    /// <summary>Fewer weights than these stay in a second cache from one batch to the next.</summary>
    private const long FewestFetched = 1 << 16;

    /// <summary>Smaller tiles wait for their own sums.</summary>
    private const int ShortestFetching = 4;

    private bool _fetches;

    private static bool Fetches(ContractKernel kernel, int panels) =>
        panels > 1 && kernel.HasHalves && kernel.Chains == 1 && kernel.Triangle == Triangle.None
        && !kernel.OuterExtents.Where((size, axis) => SizeText.IsLoop(size) && kernel.MovesAlong(axis)).Any()
        && kernel.DepthExtents.All(e => e.IsConstant)
        && WholeDepth(kernel) * kernel.Columns.Value >= FewestFetched;

    private static long WholeDepth(ContractKernel kernel) => kernel.DepthExtents.Aggregate(1L, (n, e) => n * e.Value);

    /// <summary>The number of a tile among those of its panel, or one in step with it; null where there is but one.</summary>
    private static string? Turn(ContractKernel kernel, int rows, string? row)
    {
        IEnumerable<string> outer = OuterTerms(kernel, kernel.Right.OuterStrides).Select(t => t.Index);
        List<string> terms = outer.Concat(row is null ? [] : [$"({row} / {rows})"]).ToList();
        return terms.Count == 0 ? null : terms.Count == 1 ? terms[0] : $"({string.Join(" + ", terms)})";
    }

    private void WriteNextPanel(int vectors, int panels)
    {
        code.Line("// The next panel is fetched while this one is multiplied.");
        code.Line($"nint following = Math.Min(panel + 1, {panels - 1});");
        code.Line($"ref float next = ref Unsafe.Add(ref w, {PanelOffset(vectors, "following")});");
    }

    /// <summary>
    /// Where a tile begins to fetch. Each turn of its loop fetches one cache line; a panel has more of them than a loop has turns, so tiles that follow
    /// one another fetch one share each.
    /// </summary>
    private static string Ahead(ContractKernel kernel, string turn, int vectors, int steps) =>
        $"ref Unsafe.Add(ref next, {turn} % {steps * vectors} * {NumberText.Of(WholeDepth(kernel) / steps * Lanes.Count)})";
}
