using DeepGen.SideBySide.Measuring;
using DeepGen.SideBySide.Peers;

namespace DeepGen.SideBySide;

/// <summary>All drawn networks against ONNX Runtime, and what the ratios come to.</summary>
internal static class RandomSuite
{
    public static IReadOnlyList<Row> Run(PeerSet peers, Comparison comparison, string networks, Action<Row> print, Action<string> report)
    {
        var measured = new List<(Workload Workload, Row Row)>();
        try
        {
            peers.Torch(1)?.Ask("networks", networks);
        }
        catch (PeerException error)
        {
            report($"PyTorch does not take the networks: {error.Message}");
        }

        foreach (var workload in RandomWorkloads.All)
        {
            var row = comparison.Run(workload, 1, Plan.Random).Single();
            measured.Add((workload, row));
            print(row);
        }

        foreach (var group in measured.Where(m => m.Row.Ratio is not null).GroupBy(m => m.Workload.Batch))
        {
            double mean = Math.Exp(group.Average(m => Math.Log(m.Row.Ratio!.Value)));
            var lowest = group.MinBy(m => m.Row.Ratio)!;
            report($"batch {group.Key}: geometric mean of {group.Count()} ratios {mean:F2}; the lowest {lowest.Row.Ratio:F2}, {lowest.Workload.Id} = {lowest.Workload.Declaration}");
        }

        return [.. measured.Select(m => m.Row)];
    }
}
