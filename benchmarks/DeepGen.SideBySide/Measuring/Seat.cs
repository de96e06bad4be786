using System.Diagnostics;
using System.Numerics;
using System.Runtime.Versioning;
using DeepGen.Benchmarks;

namespace DeepGen.SideBySide.Measuring;

/// <summary>
/// The one processor on which all sides that have one thread take their turns. A thread tends to stay where it began; where every processor has
/// neighbours of its own, who began on which would decide who is faster.
/// </summary>
internal sealed class Seat : IDisposable
{
    private const int Tries = 3;

    /// <summary>Steps of the loop of the peak, some milliseconds of them.</summary>
    private const int Steps = 1 << 20;

    private readonly Action<nint> _place;
    private readonly nint _all;

    [SupportedOSPlatform("linux")]
    [SupportedOSPlatform("windows")]
    private Seat(Action<nint> placePeers)
    {
        Process self = Process.GetCurrentProcess();
        _all = self.ProcessorAffinity;
        _place = processors =>
        {
            self.ProcessorAffinity = processors;
            placePeers(processors);
        };
        nint fastest = Processors(_all).MinBy(processor =>
        {
            self.ProcessorAffinity = processor;
            return Enumerable.Range(0, Tries).Min(_ => Time());
        });
        _place(fastest);
    }

    /// <summary>Places this thread and the peers on the processor that is fastest now; null where the system knows no such places.</summary>
    public static Seat? Take(Action<nint> placePeers) => OperatingSystem.IsLinux() || OperatingSystem.IsWindows() ? new Seat(placePeers) : null;

    /// <summary>Everybody may go where they like.</summary>
    public void Dispose() => _place(_all);

    private static IEnumerable<nint> Processors(nint all)
    {
        for (nuint rest = (nuint)all; rest != 0; rest &= rest - 1)
            yield return (nint)1 << BitOperations.TrailingZeroCount(rest);
    }

    private static TimeSpan Time()
    {
        long start = Stopwatch.GetTimestamp();
        PeakLoop.Run(Steps);
        return Stopwatch.GetElapsedTime(start);
    }
}
