using System.Runtime.InteropServices;

namespace DeepGen.Runtime;

/// <summary>
/// A work in numbered parts that may be done in any order and at once. What a part computes does not depend on who does it, so
/// results are the same for any number of threads. Each thread has a share of its own, so that it meets the same memory at every
/// step, and helps others once that is done: who is slower, since its core has other things to do, is left with less. Nothing is
/// allocated once there are shares for all threads.
/// </summary>
internal abstract class PartedWork
{
    private Share[] _shares = [];
    private int _sharing;

    /// <summary>Whether each thread begins with the last of its parts.</summary>
    protected bool IsBackwards { get; set; }

    protected abstract void RunPart(int part);

    /// <summary>Does all parts that nobody has begun: those of a thread first, then those of the next.</summary>
    public void RunParts(int thread)
    {
        for (int i = 0; i < _sharing; i++)
        {
            ref var share = ref _shares[(thread + i) % _sharing];
            while (Interlocked.Increment(ref share.Begun) is var begun && begun <= share.Count)
            {
                RunPart(share.First + (IsBackwards ? share.Count - begun : begun - 1));
            }
        }
    }

    /// <summary>Does all parts with as many threads as are free; the caller is one of them.</summary>
    /// <param name="parts">How many parts there are.</param>
    /// <param name="threads">How many threads may share them.</param>
    /// <param name="work">Multiply-adds in all, where the caller has not seen to it that the threads are worth it.</param>
    public void Run(int parts, int threads, long work = long.MaxValue)
    {
        threads = Math.Max(1, WorkerPool.Worth(Math.Min(threads, parts), work));
        Deal(parts, threads);
        bool mayWake = threads > 1 && WorkerPool.MayWake(work);
        Worker? posted = null;
        Exception? failure = null;
        for (int thread = threads - 1; thread > 0 && WorkerPool.TryClaim(threads - 1, mayWake, out var worker); thread--)
        {
            worker.Next = posted;
            worker.Post(new Worker.Job(this, thread));
            posted = worker;
        }

        try
        {
            RunParts(0);
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

    private void Deal(int parts, int threads)
    {
        if (_shares.Length < threads)
        {
            _shares = new Share[threads];
        }

        _sharing = threads;
        int first = 0;
        for (int thread = 0; thread < threads; thread++)
        {
            int end = (int)((thread + 1L) * parts / threads);
            _shares[thread] = new Share { First = first, Count = end - first };
            first = end;
        }
    }

    /// <summary>The parts of one thread, in lines of the cache of their own.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 128)]
    private struct Share
    {
        public int First;
        public int Count;
        public int Begun;
    }
}
