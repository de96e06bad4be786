using System.Diagnostics;
using DeepGen.Benchmarks;

namespace DeepGen.SideBySide.Measuring;

/// <summary>
/// The loop of the peak on two threads, which take the next piece of it as soon as they are done with one: work without memory that waits for nobody. How many times as
/// much it does as one thread in the same minutes is what a second thread can bring on a machine that others use as well.
/// </summary>
internal sealed class PeakOfTwo : IDisposable
{
    private readonly long _steps;
    private readonly Thread _helper;
    private readonly SemaphoreSlim _begin = new(0), _end = new(0);
    private int _left;
    private bool _isOver;

    /// <param name="steps">Those of a piece.</param>
    public PeakOfTwo(long steps)
    {
        _steps = steps;
        _helper = new Thread(Help) { IsBackground = true };
        _helper.Start();
    }

    /// <summary>Runs so many pieces, and says how many seconds that took.</summary>
    public double Run(int pieces)
    {
        long start = Stopwatch.GetTimestamp();
        _left = pieces;
        _begin.Release();
        Work();
        _end.Wait();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public void Dispose()
    {
        _isOver = true;
        _begin.Release();
        _helper.Join();
        _begin.Dispose();
        _end.Dispose();
    }

    private void Help()
    {
        for (_begin.Wait(); !_isOver; _begin.Wait())
        {
            Work();
            _end.Release();
        }
    }

    private void Work()
    {
        while (Interlocked.Decrement(ref _left) >= 0)
            PeakLoop.Run(_steps);
    }
}
