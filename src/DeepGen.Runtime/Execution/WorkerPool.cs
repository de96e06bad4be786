using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace DeepGen.Runtime;

/// <summary>
/// The process's worker threads, shared by all networks. They are started when first wanted, at most one fewer than there
/// are processors; a caller that finds none free does the work itself, so callers never wait for each other.
/// </summary>
internal static class WorkerPool
{
    /// <summary>Multiply-adds that are done in the time it takes to hand some to a thread that is awake: some microseconds.</summary>
    private const long WorthAThread = 1 << 18;

    /// <summary>Multiply-adds of a millisecond, of a program that was not measured.</summary>
    private const double Unmeasured = 58e6;

    /// <summary>A millisecond.</summary>
    private static readonly long Seldom = Stopwatch.Frequency / 1000;

    private static readonly int Limit = Math.Max(1, Environment.ProcessorCount - 1);
    private static readonly Lock Gate = new();
    private static Worker[] _workers = [];
    private static long _lastEnd;
    private static long _lastWaking;

    public static Waking Waking { get; } = new();

    /// <summary>How long so many multiply-adds might take, in ticks of the stopwatch.</summary>
    public static double Ticks(long work) => work * (Stopwatch.Frequency / 1000 / Unmeasured);

    /// <summary>Whether a work of so many multiply-adds is worth no other thread.</summary>
    public static bool IsLittle(long work) => work < WorthAThread;

    /// <summary>How many threads a work of so many multiply-adds is worth.</summary>
    public static int Worth(int threads, long work) => (int)Math.Min(Math.Min(threads, Shares.Most), 1 + (work / WorthAThread));

    /// <summary>
    /// Whether a sleeping thread may be woken for a work, which costs its caller some microseconds: where the work is long beside what waking takes, or
    /// follows another so closely that the thread, once it is awake, will see the next; then not more often than is lost beside
    /// the works themselves.
    /// </summary>
    /// <param name="ticks">How long one thread would take for it.</param>
    public static bool MayWake(double ticks)
    {
        if (Waking.IsWorth(ticks))
        {
            return true;
        }

        long now = Stopwatch.GetTimestamp();
        if (now - Volatile.Read(ref _lastEnd) >= Worker.SpinTime || now - Volatile.Read(ref _lastWaking) < Seldom)
        {
            return false;
        }

        Volatile.Write(ref _lastWaking, now);
        return true;
    }

    /// <summary>A work for several threads has ended, whether or not there were any.</summary>
    public static void End() => Volatile.Write(ref _lastEnd, Stopwatch.GetTimestamp());

    /// <summary>Whether there is a thread that would begin at once.</summary>
    public static bool IsAnyAwake() => Array.Exists(Volatile.Read(ref _workers), static w => w.IsAwake && w.IsFree);

    /// <summary>Whether none of the threads works, or would begin at once.</summary>
    public static bool AreAllAsleep() => !Array.Exists(Volatile.Read(ref _workers), static w => w.IsAwake);

    /// <param name="wanted">How many workers the caller would like in all.</param>
    /// <param name="mayWake">Whether one that sleeps will do.</param>
    /// <param name="worker">One that is free.</param>
    public static bool TryClaim(int wanted, bool mayWake, [NotNullWhen(true)] out Worker? worker)
    {
        var workers = Volatile.Read(ref _workers);
        foreach (var candidate in workers)
        {
            if ((mayWake || candidate.IsAwake) && candidate.TryClaim())
            {
                worker = candidate;
                return true;
            }
        }

        worker = mayWake && workers.Length < Math.Min(wanted, Limit) ? TryStart(workers.Length) : null;
        return worker is not null;
    }

    private static Worker? TryStart(int seen)
    {
        lock (Gate)
        {
            if (_workers.Length != seen)
            {
                return null;
            }

            var worker = Worker.StartClaimed();
            Volatile.Write(ref _workers, [.. _workers, worker]);
            return worker;
        }
    }
}
