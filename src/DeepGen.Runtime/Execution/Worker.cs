using System.Diagnostics;
using System.Runtime.ExceptionServices;

namespace DeepGen.Runtime;

/// <summary>
/// A thread that does one job after another. Whoever claims it owns it until the job is joined: idle, claimed, posted, running,
/// done. Both sides spin for a moment, since a hand-over then costs a tenth of a microsecond, and block after that, since spinning
/// collapses where cores are shared. A job that nobody has begun when the caller has done its own share is taken back: a
/// thread that wakes slowly, or whose core another process has, delays nobody.
/// </summary>
internal sealed unsafe class Worker
{
    private const int Idle = 0;
    private const int Claimed = 1;
    private const int Posted = 2;
    private const int Running = 3;
    private const int Done = 4;

    /// <summary>How long who waits looks out before it sleeps, by the stopwatch: 20 microseconds.</summary>
    public static readonly long SpinTime = Environment.ProcessorCount == 1 ? 0 : Stopwatch.Frequency / 50_000;

    private static readonly long LongestSpinTime = 5 * SpinTime;

    private readonly object _gate = new();
    private int _state = Claimed;
    private int _blocked;
    private Job _job;
    private int _thread;
    private long _called;
    private Exception? _failure;

    /// <summary>The caller links the workers it has claimed.</summary>
    private Worker? Next { get; set; }

    public static Worker StartClaimed()
    {
        var worker = new Worker();
        new Thread(worker.Loop) { IsBackground = true, Name = "DeepGen worker" }.Start();
        return worker;
    }

    public bool IsFree => Volatile.Read(ref _state) == Idle;

    public bool TryClaim() => IsFree && Interlocked.CompareExchange(ref _state, Claimed, Idle) == Idle;

    private void Post(in Job job, int thread)
    {
        _called = IsAwake ? 0 : Stopwatch.GetTimestamp();
        _job = job;
        _thread = thread;
        Enter(Posted);
    }

    /// <summary>Whether it would see a job at once.</summary>
    public bool IsAwake => Volatile.Read(ref _blocked) == 0;

    /// <summary>Does the job itself if the worker has not begun.</summary>
    private void TakeBack()
    {
        if (Interlocked.CompareExchange(ref _state, Claimed, Posted) == Posted)
        {
            RunJob();
            Volatile.Write(ref _state, Done);
        }
    }

    /// <summary>Waits for the job and gives the worker back; returns what the job threw.</summary>
    private Exception? Join()
    {
        // To fall asleep would cost what waking takes, so it pays to look out for as long first.
        Await(Done, Math.Clamp((long)WorkerPool.Waking.Delay, SpinTime, LongestSpinTime));
        var failure = _failure;
        _failure = null;
        _job = default;
        Next = null;
        Volatile.Write(ref _state, Idle);
        return failure;
    }

    /// <summary>Does all parts of a job with as many threads as are free; the caller is one of them. Then throws what one of them has thrown.</summary>
    /// <param name="job">The job.</param>
    /// <param name="threads">How many have a share of it.</param>
    /// <param name="mayWake">Whether threads that sleep will do.</param>
    public static void Share(in Job job, int threads, bool mayWake)
    {
        Worker? posted = null;
        Exception? failure = null;
        for (int thread = threads - 1; thread > 0 && WorkerPool.TryClaim(threads - 1, mayWake, out var worker); thread--)
        {
            worker.Next = posted;
            worker.Post(job, thread);
            posted = worker;
        }

        try
        {
            job.Run(0);
        }
        catch (Exception e)
        {
            failure = e;
        }

        JoinAll(posted, failure);
        if (threads > 1)
        {
            WorkerPool.End();
        }
    }

    /// <summary>Sees to it that all jobs of a chain are done, and then throws what one of them, or the caller, has thrown.</summary>
    private static void JoinAll(Worker? posted, Exception? failure)
    {
        for (var worker = posted; worker is not null; worker = worker.Next)
        {
            worker.TakeBack();
        }

        while (posted is not null)
        {
            var next = posted.Next;
            failure = posted.Join() ?? failure;
            posted = next;
        }

        if (failure is not null)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    private void Loop()
    {
        while (true)
        {
            Await(Posted, SpinTime);
            if (Interlocked.CompareExchange(ref _state, Running, Posted) == Posted)
            {
                RunJob();
                Enter(Done);
            }
        }
    }

    private void RunJob()
    {
        try
        {
            _job.Run(_thread);
        }
        catch (Exception e)
        {
            _failure = e;
        }
    }

    private void Enter(int state)
    {
        // A full fence: either this sees the other side blocked, or the other side sees the new state.
        Interlocked.Exchange(ref _state, state);
        if (Volatile.Read(ref _blocked) != 0)
        {
            lock (_gate)
            {
                Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>Who was woken for a job that is gone looks out longer, since another is likely to follow.</summary>
    private void Await(int state, long patience)
    {
        const int Longer = 6;
        for (; !Spin(state, patience) && !Sleep(state); patience = Longer * SpinTime)
        {
        }
    }

    private bool Spin(int state, long patience)
    {
        long start = Stopwatch.GetTimestamp();
        do
        {
            if (Volatile.Read(ref _state) == state)
            {
                return true;
            }

            Thread.SpinWait(4);
        }
        while (Stopwatch.GetTimestamp() - start < patience);

        return false;
    }

    private bool Sleep(int state)
    {
        lock (_gate)
        {
            Interlocked.Increment(ref _blocked);
            if (Volatile.Read(ref _state) != state)
            {
                Monitor.Wait(_gate);
            }

            Interlocked.Decrement(ref _blocked);
            if (state == Posted && _called != 0)
            {
                WorkerPool.Waking.See(Stopwatch.GetTimestamp() - _called);
            }

            return Volatile.Read(ref _state) == state;
        }
    }

    /// <summary>Parts of a work, of a batch or of a step, and who begins with which. Whoever has it shared keeps the memory pinned.</summary>
    internal readonly struct Job
    {
        private readonly BatchProgram? _program;
        private readonly PartedWork? _work;
        private readonly Feed _feed;
        private readonly float* _weights;
        private readonly BatchParts _parts;
        private readonly BatchProgram.ChunkStep* _step;
        private readonly Shares _shares;

        public Job(BatchProgram program, Feed feed, float* weights, BatchParts parts, Shares shares)
        {
            (_program, _feed, _parts, _shares) = (program, feed, parts, shares);
            _weights = weights;
        }

        public Job(BatchProgram program, Feed feed, float* weights, BatchProgram.ChunkStep* step, Shares shares)
        {
            (_program, _feed, _shares) = (program, feed, shares);
            _weights = weights;
            _step = step;
        }

        public Job(PartedWork work, Shares shares)
        {
            (_work, _shares) = (work, shares);
        }

        /// <summary>The share of a thread and what others leave of theirs.</summary>
        public void Run(int thread)
        {
            if (_work is not null)
            {
                _work.RunParts(_shares, thread);
            }
            else if (_step is not null)
            {
                _program!.RunParts(_feed, ref *_weights, _step, _shares, thread);
            }
            else
            {
                _program!.RunParts(_feed, ref *_weights, _parts, _shares, thread);
            }
        }
    }
}
