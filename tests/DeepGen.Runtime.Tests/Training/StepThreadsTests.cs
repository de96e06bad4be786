using System.Diagnostics;
using DeepGen.Runtime;

namespace DeepGen.Runtime.Tests.Training;

public sealed class StepThreadsTests
{
    private readonly StepThreads _threads = new();
    private long _now;

    [Fact]
    public void A_step_that_is_sooner_done_alone_is_done_alone()
    {
        Run(600, together: 1.1, alone: 1);
        Assert.Equal(1, Share(2000, together: 1.1, alone: 1), 0.03);
    }

    [Fact]
    public void A_step_that_is_sooner_done_together_is_done_together()
    {
        Run(200, together: 1, alone: 1.5);
        Assert.Equal(0, Share(2000, together: 1, alone: 1.5), 0.03);
    }

    [Fact]
    public void One_trial_that_was_disturbed_changes_nothing()
    {
        Run(StepThreads.Trial, together: 1, alone: 1.5);
        Run(2 * StepThreads.Trial, together: 2, alone: 1.5);
        Assert.Equal(0, Share(2000, together: 1, alone: 1.5), 0.05);
    }

    [Fact]
    public void Nor_do_two_that_are_nearly_alike() => Assert.Equal(0, Share(2000, together: 1.02, alone: 1), 0.06);

    [Fact]
    public void Who_was_wrong_finds_out_at_the_next_trial()
    {
        Run(10_000, together: 1.1, alone: 1);
        Run(StepThreads.LongestRestAlone + (2 * StepThreads.Trial), together: 1, alone: 1.5);
        Assert.Equal(0, Share(2000, together: 1, alone: 1.5), 0.05);
    }

    [Fact]
    public void A_long_step_is_never_done_alone() => Assert.Equal(0, Share(2000, together: 1.1, alone: 1, milliseconds: 3));

    [Fact]
    public void One_thread_is_one() => Assert.Equal(1, Step(1, 64, 1, 1, 0.1));

    [Fact]
    public void A_smaller_batch_is_not_asked()
    {
        Run(600, together: 1.1, alone: 1);
        for (int i = 0; i < 3 * StepThreads.LongestRest; i++)
            Assert.Equal(1, Step(2, 8, together: 1, alone: 9, milliseconds: 0.1));
    }

    [Fact]
    public void A_larger_batch_is_asked_anew()
    {
        Run(600, together: 1.1, alone: 1);
        Assert.Equal(2, Step(2, 128, 1, 1, 0.1));
    }

    private void Run(int steps, double together, double alone) => Share(steps, together, alone);

    /// <summary>Which share of the steps is done alone.</summary>
    private double Share(int steps, double together, double alone, double milliseconds = 0.1) =>
        Enumerable.Range(0, steps).Count(_ => Step(2, 64, together, alone, milliseconds) == 1) / (double)steps;

    private int Step(int threads, int batch, double together, double alone, double milliseconds)
    {
        int used = _threads.Begin(threads, batch, _now);
        _now += (long)((used == 1 ? alone : together) * milliseconds * Stopwatch.Frequency / 1000);
        _threads.End(_now);
        return used;
    }
}
