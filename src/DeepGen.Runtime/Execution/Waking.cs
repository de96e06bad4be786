using System.Diagnostics;

namespace DeepGen.Runtime;

/// <summary>How long a thread that sleeps takes to be awake, as it was seen on this machine, and for how much work one is woken.</summary>
internal sealed class Waking
{
    /// <summary>
    /// A work is worth it that takes one thread so many times as long as waking does: when the other half is begun, on a core whose caches are cold, half of the
    /// caller's own is done.
    /// </summary>
    private const int Worthwhile = 4;

    /// <summary>Works that are refused for what waking takes, until half of that is forgotten: neighbours that were busy may be gone.</summary>
    private const int Memory = 128;

    /// <summary>What is expected at least, and at most where others have the cores: 45 microseconds, and 360.</summary>
    public static readonly long Shortest = Stopwatch.Frequency / 1_000_000 * 45;
    public static readonly long Longest = 8 * Shortest;

    private Estimate _delay = new(Shortest);

    public double Delay => _delay.Ticks;

    /// <summary>Whether a thread may be woken for a work that takes one thread so long.</summary>
    public bool IsWorth(double ticks)
    {
        if (ticks >= Worthwhile * _delay.Ticks)
        {
            return true;
        }

        if (ticks >= Worthwhile * Shortest)
        {
            _delay = new Estimate(_delay.Ticks - ((_delay.Ticks - Shortest) / Memory));
        }

        return false;
    }

    /// <summary>A thread was awake so long after it had been called.</summary>
    public void See(long ticks) => _delay.See(Math.Clamp(ticks, Shortest, Longest));
}
