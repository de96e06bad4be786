using System.Diagnostics;
using DeepGen.SideBySide.Measuring;

namespace DeepGen.SideBySide;

/// <summary>One workload without peers, for whoever watches the process from outside.</summary>
internal static class Alone
{
    private static readonly TimeSpan s_long = TimeSpan.FromSeconds(10);

    /// <returns>The exit code.</returns>
    public static int Run(IEnumerable<Workload> workloads, string metric, int threads)
    {
        if (workloads.FirstOrDefault(w => w.Metric.StartsWith(metric, StringComparison.OrdinalIgnoreCase)) is not { } workload)
        {
            Console.Error.WriteLine($"no row has a metric that begins with '{metric}'; the table's second column has them all, such as 'train, SGD'");
            return 2;
        }

        string folder = Directory.CreateTempSubdirectory("deepgen-alone-").FullName;
        var example = new Example(workload, Path.Combine(folder, workload.Key));
        Action<int> repeat = workload.Repeating(example.Network(threads), example, Comparison.StandingRate);
        repeat(1);
        long start = Stopwatch.GetTimestamp();
        var times = new List<double>();
        while (Stopwatch.GetElapsedTime(start) < s_long)
        {
            long began = Stopwatch.GetTimestamp();
            repeat(1);
            times.Add(Stopwatch.GetElapsedTime(began).TotalMicroseconds);
        }

        times.Sort();
        Console.WriteLine($"{workload.Name}, {workload.Metric}: {times.Count} times, {times[0]:F1} us at least, {times[times.Count / 2]:F1} in the median");
        Directory.Delete(folder, recursive: true);
        return 0;
    }
}
