using System.Runtime.InteropServices;

namespace DeepGen.Runtime;

/// <summary>
/// Which parts of a work each thread begins with, in memory of whoever waits for the work. A thread has a share of its own, so that it meets the same memory
/// each time, and helps others once that is done: who is slower, since its core has other things to do, is left with less.
/// </summary>
internal readonly unsafe struct Shares
{
    /// <summary>Of so many threads: 32 KiB.</summary>
    public const int Most = 256;

    private readonly Share* _first;
    private readonly int _threads;
    private readonly bool _isBackwards;

    /// <param name="memory">Of a share for each thread.</param>
    /// <param name="parts">How many parts there are.</param>
    /// <param name="threads">How many threads.</param>
    /// <param name="isBackwards">Whether each share is begun with the last of its parts.</param>
    public Shares(Share* memory, int parts, int threads, bool isBackwards)
    {
        _isBackwards = isBackwards;
        _first = memory;
        _threads = threads;
        int first = 0;
        for (int thread = 0; thread < threads; thread++)
        {
            int end = (int)((thread + 1L) * parts / threads);
            memory[thread] = new Share { First = first, Count = end - first };
            first = end;
        }
    }

    /// <summary>A part that nobody has begun: of the thread's own first, then of the next.</summary>
    /// <param name="thread">Who would do it.</param>
    /// <param name="part">Its number.</param>
    public bool TryTake(int thread, out int part)
    {
        for (int i = 0; i < _threads; i++)
        {
            ref var share = ref _first[(thread + i) % _threads];
            if (Volatile.Read(ref share.Begun) < share.Count && Interlocked.Increment(ref share.Begun) is var begun && begun <= share.Count)
            {
                part = share.First + (_isBackwards ? share.Count - begun : begun - 1);
                return true;
            }
        }

        part = 0;
        return false;
    }

    /// <summary>The parts of one thread, in lines of the cache of their own.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 128)]
    internal struct Share
    {
        public int First;
        public int Count;
        public int Begun;
    }
}
