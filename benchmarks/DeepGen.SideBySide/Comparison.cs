using System.Diagnostics;
using DeepGen.Benchmarks;
using DeepGen.SideBySide.Measuring;
using DeepGen.SideBySide.Peers;

namespace DeepGen.SideBySide;

/// <summary>One workload against all peers that know it: first whether they compute the same, then how long each takes.</summary>
/// <param name="peers">Who is there.</param>
/// <param name="folder">Where examples are written.</param>
/// <param name="report">Takes a line about what is left out, and why.</param>
internal sealed class Comparison(PeerSet peers, string folder, Action<string> report)
{
    private const int PeakSteps = 1 << 12;

    /// <summary>The rate of the steps that are timed: so small that weights stay what they are, and the work with them.</summary>
    public const double StandingRate = 1e-9;

    /// <summary>Processors in use by one thread and whatever should have been at rest; clocks of processes tick coarsely.</summary>
    private const double Restless = 1.15;

    private float _sink;

    /// <returns>The row of the workload, and with two threads another one: how much faster DeepGen is than on one.</returns>
    public IReadOnlyList<Row> Run(Workload workload, int threads, Plan plan)
    {
        var example = new Example(workload, Path.Combine(folder, workload.Key));
        var prepared = new List<PeerTask>();
        try
        {
            return Prepare(workload, example, threads, prepared) is { } wrong
                ? [new Row(workload.Name, workload.Metric, threads, null, "", null, 0, wrong)]
                : Measure(workload, example, threads, plan, prepared);
        }
        finally
        {
            prepared.ForEach(task => task.Drop());
        }
    }

    /// <summary>Prepares every peer that computes what the first of them does.</summary>
    /// <returns>In what DeepGen differs from the first; null where it does not.</returns>
    private string? Prepare(Workload workload, Example example, int threads, List<PeerTask> prepared)
    {
        Func<string, string?> compare = Ourselves(workload, example, threads);
        string file = Path.Combine(example.Folder, "result");
        foreach (var candidate in Candidates.Of(workload, threads, example.Folder, peers, report))
        {
            try
            {
                var task = new PeerTask(candidate, workload, example.Folder, workload.Rate);
                task.Result(file, Agreement.Steps);
                string? difference = compare(file);
                if (workload.Work != Work.Predict)
                {
                    task.Drop();
                    task = new PeerTask(candidate, workload, example.Folder, StandingRate);
                }

                if (difference is null)
                {
                    prepared.Add(task);
                    continue;
                }

                task.Drop();
                if (prepared.Count == 0)
                    return $"DeepGen and {candidate.Name}: {difference}";
                report($"{workload.Key}: {candidate.Name} is left out, for it does not agree with {prepared[0].Name} either: {difference}");
            }
            catch (PeerException error)
            {
                report($"{workload.Key}: {candidate.Name} is left out: {error.Message}");
            }
        }

        return null;
    }

    /// <summary>What tells how a file written by a peer differs from what DeepGen computes.</summary>
    private static Func<string, string?> Ourselves(Workload workload, Example example, int threads)
    {
        INetwork network = example.Network(threads);
        workload.Repeating(network, example, workload.Rate)(workload.Work == Work.Predict ? 1 : Agreement.Steps);
        if (workload.Work == Work.Predict)
            return file => Agreement.OfOutputs(example.Output, file);
        ParameterSet before = example.Network().Parameters;
        return file => Agreement.OfWeights(before, network.Parameters, example.Network(file).Parameters);
    }

    private IReadOnlyList<Row> Measure(Workload workload, Example example, int threads, Plan plan, List<PeerTask> prepared)
    {
        Contender ours = Ours(workload, example, threads), one = Ours(workload, example, 1), peak = Peak();
        using var two = threads > 1 ? new PeakOfTwo(PeakSteps) : null;
        var peakOfTwo = new Contender("peak of two", count => two!.Run(count));
        var contest = new Contest(threads > 1 ? plan.ForTwoThreads() : plan, threads, ProcessorTime);
        var theirs = prepared.ToDictionary(task => new Contender(task.Name, task.Seconds), task => task.Peer);
        using Seat? seat = threads == 1 ? Seat.Take(processors => prepared.ForEach(task => task.Place(processors))) : null;
        var ranking = contest.Run(threads > 1 ? [ours, one, peakOfTwo] : [ours], [.. theirs.Keys], peak);
        Contender? best = ranking.FirstOrDefault();
        if (contest.Busy > Restless)
            report($"{workload.Key}: somebody was busy in another's turn: {contest.Busy:F2} processors were used where one thread ran");

        double peakPerMicrosecond = PeakLoop.Flops(PeakSteps) / peak.Figures.Minimum;
        double share = workload.Flops / ours.Figures.Median / (threads * peakPerMicrosecond);
        var row = new Row(workload.Name, workload.Metric, threads, ours.Figures, best?.Name ?? "", best?.Figures, share, null)
        {
            Others = [.. ranking.DistinctBy(peer => theirs[peer]).Skip(1).Select(peer => (peer.Name, peer.Figures.Median))],
        };
        return threads == 1 ? [row] :
        [
            row,
            row with
            {
                Metric = workload.Metric + ", 2 : 1",
                Peer = "DeepGen, one thread",
                Theirs = one.Figures,
                Others = [],
                Gain = peak.Figures.Median / peakOfTwo.Figures.Median,
            },
        ];
    }

    private static Contender Ours(Workload workload, Example example, int threads)
    {
        Action<int> repeat = workload.Repeating(example.Network(threads), example, StandingRate);
        return new Contender("DeepGen", count => Time(repeat, count));
    }

    private Contender Peak() => new("peak", count => Time(
        n =>
        {
            for (; n > 0; n--)
                _sink += PeakLoop.Run(PeakSteps);
        },
        count));

    private static double Time(Action<int> repeat, int count)
    {
        long start = Stopwatch.GetTimestamp();
        repeat(count);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private TimeSpan ProcessorTime() => peers.Running.Aggregate(Environment.CpuUsage.TotalTime, (sum, peer) => sum + peer.ProcessorTime);
}
