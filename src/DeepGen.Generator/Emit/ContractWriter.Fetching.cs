using DeepGen.Generator.Lower;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Emit;

/// <summary>The next panel of weights comes while this one is multiplied: the first tile of each panel would wait for it otherwise.</summary>
internal sealed partial class ContractWriter
{
    /// <summary>Fewer weights than these stay in a second cache from one batch to the next.</summary>
    private const long FewestFetched = 1 << 16;

    private bool _fetches;

    private static bool Fetches(ContractKernel kernel, int panels) =>
        panels > 1
        && kernel.Right.View.Buffer.Memory == Memory.Weights && !IsPaired(kernel)
        && kernel.Chains == 1 && kernel.Triangle == Triangle.None
        && !kernel.OuterExtents.Any(SizeText.IsLoop)
        && kernel.DepthExtents.Length == 1 && kernel.DepthExtents[0].IsConstant
        && (long)kernel.DepthExtents[0].Value * kernel.Columns.Value >= FewestFetched;

    private void WriteNextPanel(int vectors, int panels)
    {
        code.Line("// The next panel is fetched while this one is multiplied.");
        code.Line($"nint following = Math.Min(panel + 1, {panels - 1});");
        code.Line($"ref float next = ref Unsafe.Add(ref w, {PanelOffset(vectors, "following")});");
    }

    /// <summary>
    /// Each turn of a tile's loop fetches one cache line. A panel has more of them than a loop has turns: tiles that follow one another fetch one share each.
    /// </summary>
    private (int Step, int Shares) FetchedLines(int vectors, int steps) => (vectors == 1 ? _panelWidth : Lanes.Count, steps * vectors);
}
