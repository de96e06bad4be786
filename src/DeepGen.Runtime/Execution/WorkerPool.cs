using System.Diagnostics.CodeAnalysis;

namespace DeepGen.Runtime;

/// <summary>
/// The process's worker threads, shared by all networks. They are started when first wanted, at most one fewer than there
/// are processors; a caller that finds none free does the work itself, so callers never wait for each other.
/// </summary>
internal static class WorkerPool
{
    private static readonly int Limit = Math.Max(1, Environment.ProcessorCount - 1);
    private static readonly Lock Gate = new();
    private static Worker[] _workers = [];

    /// <param name="wanted">How many workers the caller would like in all.</param>
    /// <param name="worker">One that is free.</param>
    public static bool TryClaim(int wanted, [NotNullWhen(true)] out Worker? worker)
    {
        var workers = Volatile.Read(ref _workers);
        foreach (var candidate in workers)
        {
            if (candidate.TryClaim())
            {
                worker = candidate;
                return true;
            }
        }

        worker = workers.Length < Math.Min(wanted, Limit) ? TryStart(workers.Length) : null;
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
