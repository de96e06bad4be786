namespace DeepGen.Runtime.Tests.Execution;

/// <summary>For how much work a thread that sleeps is woken, and how long samples are thought to take.</summary>
public sealed class WakingTests
{
    private static readonly double s_shortest = Waking.Shortest;

    [Fact]
    public void What_takes_long_is_worth_it_and_what_takes_as_long_as_waking_is_not()
    {
        var waking = new Waking();
        Assert.True(waking.IsWorth(4 * s_shortest));
        Assert.False(waking.IsWorth(3.9 * s_shortest));
    }

    [Fact]
    public void Where_threads_are_slow_to_wake_more_work_is_asked_for()
    {
        var waking = new Waking();
        See(waking, 3 * Waking.Shortest, times: 100);
        Assert.False(waking.IsWorth(11 * s_shortest));
        Assert.True(waking.IsWorth(12 * s_shortest));
    }

    [Fact]
    public void A_thread_that_was_kept_from_its_core_counts_for_little()
    {
        var waking = new Waking();
        See(waking, 1000 * Waking.Shortest, times: 1);
        Assert.True(waking.IsWorth(4.5 * s_shortest));
        See(waking, 1000 * Waking.Shortest, times: 1000);
        Assert.True(waking.IsWorth(4.0 * Waking.Longest));
    }

    /// <summary>Who is never woken is never seen to wake sooner.</summary>
    [Fact]
    public void What_was_seen_is_forgotten_by_works_that_were_refused_for_it()
    {
        var waking = new Waking();
        See(waking, Waking.Longest, times: 100);
        int refused = 0;
        while (!waking.IsWorth(8 * s_shortest))
        {
            refused++;
        }

        Assert.InRange(refused, 10, 1000);
    }

    [Fact]
    public void Works_too_short_for_any_thread_make_nothing_forgotten()
    {
        var waking = new Waking();
        See(waking, 3 * Waking.Shortest, times: 100);
        for (int i = 0; i < 10_000; i++)
        {
            Assert.False(waking.IsWorth(s_shortest));
        }

        Assert.False(waking.IsWorth(11 * s_shortest));
    }

    [Fact]
    public void A_pace_is_what_was_measured_for_batches_of_about_that_size()
    {
        var pace = new Pace(work: 58_000);
        double expected = pace.Of(64);
        for (int i = 0; i < 100; i++)
        {
            pace.See(64, samples: 32, ticks: (long)(expected / 8));
        }

        Assert.Equal(expected / 4, pace.Of(64), 1e-3 * expected);
        Assert.Equal(expected * 100 / 256, pace.Of(100), 1e-3 * expected);
        Assert.Equal(expected / 2, pace.Of(32), 1e-3 * expected);
    }

    [Fact]
    public void A_million_multiply_adds_that_were_not_measured_are_some_microseconds() =>
        Assert.InRange(new Pace(1_000_000).Of(1) / System.Diagnostics.Stopwatch.Frequency, 5e-6, 50e-6);

    private static void See(Waking waking, long ticks, int times)
    {
        for (int i = 0; i < times; i++)
        {
            waking.See(ticks);
        }
    }
}
