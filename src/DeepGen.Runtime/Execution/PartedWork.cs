namespace DeepGen.Runtime;

/// <summary>
/// A work in numbered parts that may be done in any order and at once. What a part computes does not depend on who does it, so
/// results are the same for any number of threads. Nothing is allocated.
/// </summary>
internal abstract unsafe class PartedWork
{
    /// <summary>Whether each thread begins with the last of its parts.</summary>
    protected bool IsBackwards { get; set; }

    protected abstract void RunPart(int part);

    /// <summary>Does parts until nobody has to begin one.</summary>
    public void RunParts(Shares shares, int thread)
    {
        while (shares.TryTake(thread, out int part))
        {
            RunPart(part);
        }
    }

    /// <summary>Does all parts with as many threads as are free; the caller is one of them.</summary>
    /// <param name="parts">How many parts there are.</param>
    /// <param name="threads">How many threads may share them.</param>
    /// <param name="work">Multiply-adds in all, where the caller has not seen to it that the threads are worth it.</param>
    public void Run(int parts, int threads, long work = long.MaxValue)
    {
        threads = Math.Max(1, WorkerPool.Worth(Math.Min(threads, parts), work));
        var memory = stackalloc Shares.Share[threads];
        var shares = new Shares(memory, parts, threads, IsBackwards);
        Worker.Share(new Worker.Job(this, shares), threads, threads > 1 && WorkerPool.MayWake(WorkerPool.Ticks(work)));
    }
}
