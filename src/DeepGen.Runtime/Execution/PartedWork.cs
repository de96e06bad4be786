namespace DeepGen.Runtime;

/// <summary>
/// A work in numbered parts that may be done in any order and at once. What a part computes does not depend on who does it, so
/// results are the same for any number of threads. Nothing is allocated.
/// </summary>
internal abstract class PartedWork
{
    /// <summary>Whether each thread begins with the last of its parts.</summary>
    protected bool IsBackwards { get; set; }

    protected abstract void RunPart(int part);

    public void RunParts(int first, int end)
    {
        for (int i = first; i < end; i++)
        {
            RunPart(IsBackwards ? first + end - 1 - i : i);
        }
    }

    /// <summary>Does all parts: each thread a run of them, the caller those for which no worker is free.</summary>
    /// <param name="parts">How many parts there are.</param>
    /// <param name="threads">How many threads may share them.</param>
    /// <param name="work">Multiply-adds in all, where the caller has not seen to it that the threads are worth it.</param>
    public void Run(int parts, int threads, long work = long.MaxValue)
    {
        threads = WorkerPool.Worth(Math.Min(threads, parts), work);
        bool mayWake = threads > 1 && WorkerPool.MayWake(work);
        Worker? posted = null;
        Exception? failure = null;
        int own = threads;
        int Start(int thread) => (int)((long)thread * parts / threads);
        while (own > 1 && WorkerPool.TryClaim(threads - 1, mayWake, out var worker))
        {
            own--;
            worker.Next = posted;
            worker.Post(new Worker.Job(this, Start(own), Start(own + 1)));
            posted = worker;
        }

        try
        {
            RunParts(0, parts == 0 ? 0 : Start(own));
        }
        catch (Exception e)
        {
            failure = e;
        }

        Worker.JoinAll(posted, failure);
        if (threads > 1)
        {
            WorkerPool.End();
        }
    }
}
