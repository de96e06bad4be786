using System.Diagnostics;

namespace DeepGen.SideBySide.Measuring;

/// <summary>Lets all sides run in turn, so that whatever the machine does in these minutes happens to all of them.</summary>
/// <param name="plan">How long.</param>
/// <param name="threads">How many threads a side has.</param>
/// <param name="processorTime">What all processes that take part have used so far.</param>
internal sealed class Contest(Plan plan, int threads, Func<TimeSpan> processorTime)
{
    /// <summary>A peer this much slower than the best is not the best, and needs no more turns.</summary>
    private const double Hopeless = 1.4;

    /// <summary>Rounds after which that can be said.</summary>
    private const int RoundsToJudge = 3;

    /// <summary>Threads that wait for more work go on spinning for a moment, some for tens of milliseconds; nobody's turn begins before that is over.</summary>
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Pauses after which a turn begins even so.</summary>
    private const int MostPauses = 10;

    private TimeSpan _used, _had;

    /// <summary>Processors in use while the loop of the peak ran, which uses one: more than that says that a side that waited did not rest.</summary>
    public double Busy => _used / _had;

    /// <param name="ours">Measured in every round.</param>
    /// <param name="peers">Of which the fastest are.</param>
    /// <param name="peak">Measured after them.</param>
    /// <returns>The peers, best first.</returns>
    public IReadOnlyList<Contender> Run(IReadOnlyList<Contender> ours, IReadOnlyList<Contender> peers, Contender peak)
    {
        List<Contender> all = [.. ours, .. peers, peak];
        foreach (var contender in all)
            contender.WarmUp(plan);
        for (int block = 0; block < plan.Blocks; block++)
        {
            foreach (var contender in all)
                contender.StartBlock();
            for (int round = 0; round < plan.Rounds; round++)
            {
                foreach (var contender in all)
                {
                    if (contender == peak)
                        Watch(contender);
                    else
                        Turn(contender);
                }

                if (block == 0 && round + 1 == RoundsToJudge && peers.Count > 0)
                {
                    double best = peers.Min(p => p.Figures.Median);
                    all.RemoveAll(c => peers.Contains(c) && c.Figures.Median > Hopeless * best);
                }
            }
        }

        return [.. peers.OrderBy(p => p.Figures.Median)];
    }

    private void Turn(Contender contender)
    {
        Rest();
        contender.Measure();
    }

    private void Rest()
    {
        for (int pause = 0; pause < MostPauses && threads > 1; pause++)
        {
            TimeSpan before = processorTime();
            Thread.Sleep(s_pause);
            if (processorTime() - before < s_pause / 2)
                return;
        }
    }

    private void Watch(Contender peak)
    {
        Rest();
        TimeSpan before = processorTime();
        long start = Stopwatch.GetTimestamp();
        peak.Measure();
        _had += Stopwatch.GetElapsedTime(start);
        _used += processorTime() - before;
    }
}
