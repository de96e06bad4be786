using System.Diagnostics;

namespace DeepGen.Runtime;

/// <summary>
/// How many threads take part in a step: all that may or, if it is a short one, the caller alone where that is seen to be sooner done.
/// What one thread computes the next stage may have to fetch from another core, and a core may be somebody else's; neither can be
/// counted beforehand. It takes two trials in a row to go on alone, and one to return: a core that is somebody else's for a moment makes
/// both ways alike, and to be wrong about that costs little together and half of the time alone. Results are the same either way.
/// </summary>
internal sealed class StepThreads
{
    /// <summary>Steps that are timed together, and then alone; the median counts.</summary>
    public const int Trial = 15;

    /// <summary>Steps between trials: more each time that a trial has said the same as the one before.</summary>
    public const int ShortestRest = 256;
    public const int LongestRest = 4096;
    public const int LongestRestAlone = 1024;

    /// <summary>Percent of a step's time that one thread has to spare.</summary>
    private const int Worthwhile = 3;

    /// <summary>Two milliseconds: beside longer steps, what threads cost does not count.</summary>
    private static readonly long Long = Stopwatch.Frequency / 500;

    private readonly long[] _times = new long[Trial];
    private Phase _phase;
    private int _left = Trial;
    private int _rest = ShortestRest;
    private bool _isAlone;
    private bool _wasSooner;
    private bool _isTimed;
    private int _threads;
    private int _batch;
    private long _start;
    private long _together;

    private enum Phase
    {
        Resting,
        Together,
        Alone,
    }

    /// <summary>A step begins; how many threads it is to have.</summary>
    /// <param name="threads">How many may take part.</param>
    /// <param name="batch">How many samples it has. Only the largest batches are timed.</param>
    /// <param name="now">The time, in ticks of the stopwatch.</param>
    public int Begin(int threads, int batch, long now)
    {
        if (threads != _threads || batch > _batch)
        {
            (_threads, _batch) = (threads, batch);
            (_phase, _left, _rest, _isAlone, _wasSooner) = (Phase.Resting, Trial, ShortestRest, false, false);
        }

        _start = now;
        _isTimed = threads > 1 && batch == _batch;
        bool isAlone = _isTimed && _phase != Phase.Resting ? _phase == Phase.Alone : _isAlone;
        return isAlone ? 1 : threads;
    }

    /// <summary>The step has ended.</summary>
    public void End(long now)
    {
        if (!_isTimed)
        {
            return;
        }

        _times[--_left % Trial] = now - _start;
        if (_left > 0)
        {
            return;
        }

        Array.Sort(_times);
        long median = _times[Trial / 2];
        switch (_phase)
        {
            case Phase.Resting:
                (_phase, _left) = (Phase.Together, Trial);
                break;
            case Phase.Together when median < Long:
                (_phase, _left, _together) = (Phase.Alone, Trial, median);
                break;
            default:
                Rest(isSooner: _phase == Phase.Alone && 100 * median < (100 - Worthwhile) * _together);
                break;
        }
    }

    /// <param name="isSooner">Whether one thread was sooner done.</param>
    private void Rest(bool isSooner)
    {
        _isAlone = isSooner && _wasSooner;
        _rest = isSooner == _wasSooner ? Math.Min(2 * _rest, _isAlone ? LongestRestAlone : LongestRest) : ShortestRest;
        (_phase, _left, _wasSooner) = (Phase.Resting, _rest, isSooner);
    }
}
