namespace DeepGen.Tests;

/// <summary>Factors step by step; where PyTorch 1.13 has such a scheduler, they are its rates for a base rate of 1.</summary>
public class ScheduleTests
{
    private static void Gives(Schedule schedule, params double[] expected)
    {
        for (int t = 0; t < expected.Length; t++)
        {
            Assert.Equal(expected[t], schedule.Factor(t), 1e-8);
        }
    }

    [Fact]
    public void A_constant_stays() => Gives(new ConstantRate(0.5), 0.5, 0.5, 0.5);

    [Fact]
    public void Step_decay_falls_at_regular_intervals() => Gives(new StepDecay(3, 0.5), 1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25);

    [Fact]
    public void Milestones_count_as_often_as_they_are_named() => Gives(new MultiStep([5, 2, 5], 0.1), 1, 1, 0.1, 0.1, 0.1, 0.001, 0.001, 0.001);

    [Fact]
    public void A_cosine_falls_to_its_minimum_and_stays_there() =>
        Gives(new Cosine(6, 0.1), 1, 0.939711432, 0.775, 0.55, 0.325, 0.160288568, 0.1, 0.1, 0.1);

    [Fact]
    public void A_cosine_can_begin_anew() => Gives(new Cosine(3, restarts: true), 1, 0.75, 0.25, 1, 0.75, 0.25, 1);

    [Fact]
    public void Periods_of_a_cosine_can_grow() => Gives(
        new Cosine(2, 0.1, restarts: true, growth: 2),
        1, 0.55, 1, 0.868198052, 0.55, 0.231801948, 1, 0.96574579, 0.868198052, 0.722207545, 0.55, 0.377792455, 0.231801948, 0.13425421, 1);

    [Fact]
    public void One_cycle_rises_and_falls() => Gives(
        new OneCycle(10, 0.4), 0.04, 0.28, 0.76, 1, 0.93301297, 0.750001, 0.500002, 0.250003, 0.0669910302, 4e-06, 4e-06);

    [Fact]
    public void One_cycle_can_have_three_straight_phases() => Gives(
        new OneCycle(12, 0.25, threePhases: true, linear: true),
        0.04, 0.52, 1, 0.52, 0.04, 0.0342862857, 0.0285725714, 0.0228588571, 0.0171451429, 0.0114314286, 0.00571771429, 4e-06);

    [Fact]
    public void One_cycle_without_room_to_rise_begins_at_the_top() => Gives(new OneCycle(10, 0.1), 1);

    [Fact]
    public void A_warm_up_is_a_line_to_1() => Gives(new LinearWarmUp(5, 0.1), 0.1, 0.28, 0.46, 0.64, 0.82, 1, 1);

    [Fact]
    public void Schedules_follow_one_another() => Gives(
        new LinearWarmUp(3, 0.1).Then(new Cosine(4)), 0.1, 0.4, 0.7, 1, 0.853553391, 0.5, 0.146446609, 0, 0);

    [Fact]
    public void Three_schedules_can_follow_one_another() => Gives(
        new LinearWarmUp(1, 0.5).Then(new ConstantRate()).Then(3, new StepDecay(1, 0.5)), 0.5, 1, 1, 1, 0.5, 0.25);

    [Fact]
    public void What_has_no_end_needs_to_be_told_when_to_stop()
    {
        Assert.Contains("StepDecay has no end", Assert.Throws<InvalidOperationException>(() => new StepDecay(3).Then(new ConstantRate())).Message);
        Assert.Equal(7, new LinearWarmUp(3).Then(new Cosine(4)).Length);
        Assert.Null(new LinearWarmUp(3).Then(new ConstantRate()).Length);
    }

    [Fact]
    public void Epochs_can_be_the_unit()
    {
        Gives(new StepDecay(1, 0.5).PerEpoch(3), 1, 1, 1, 0.5, 0.5, 0.5, 0.25);
        Assert.Equal(12, new Cosine(4).PerEpoch(3).Length);
        Assert.Equal(3000, Schedule.StepsIn(5, 60000, 100));
        Assert.Equal(8, Schedule.StepsIn(2, 31, 10));
        Assert.Equal(6, Schedule.StepsIn(2, 31, 10, dropLast: true));
    }

    [Fact]
    public void A_plateau_of_the_loss_reduces_the_factor() => Reports(
        new ReduceOnPlateau(0.5, patience: 2, coolDown: 1, minimum: 0.2),
        [5, 4, 4.5, 4.2, 4.1, 3.9995, 3.9, 3.95, 3.96, 3.97, 3.98, 3.99, 4, 4, 4, 4, 4, 4],
        [1, 1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.25, 0.2, 0.2, 0.2, 0.2]);

    [Fact]
    public void A_plateau_of_the_accuracy_reduces_the_factor() => Reports(
        new ReduceOnPlateau(0.1, patience: 1, threshold: 0.01, absolute: true, moreIsBetter: true),
        [0.5, 0.6, 0.605, 0.604, 0.7, 0.69, 0.69, 0.69, 0.8],
        [1, 1, 1, 1, 0.1, 0.1, 0.1, 0.01, 0.01]);

    [Fact]
    public void A_plateau_remembers_what_a_checkpoint_restores_also_within_others()
    {
        Schedule Make() => new LinearWarmUp(2).Then(new ReduceOnPlateau(0.5, patience: 1).PerEpoch(2));
        var (whole, first, second) = (Make(), Make(), Make());
        double[] losses = [3, 2, 2, 2, 2, 1, 1, 1, 1, 1];
        for (int i = 0; i < losses.Length; i++)
        {
            if (i == 3)
            {
                foreach (var (name, value) in first.Scalars)
                {
                    second.SetScalar(name, value);
                }
            }

            whole.Report(losses[i]);
            (i < 3 ? first : second).Report(losses[i]);
        }

        Assert.Equal(whole.Factor(100), second.Factor(100));
        Assert.Equal(whole.Scalars, second.Scalars);
        Assert.NotEqual(whole.Scalars, first.Scalars);
        Assert.Throws<ArgumentException>(() => second.SetScalar("next.mood", 1));
        Assert.Throws<ArgumentException>(() => second.SetScalar("mood", 1));
    }

    [Fact]
    public void A_loss_that_is_not_a_number_is_never_better() =>
        Reports(new ReduceOnPlateau(0.5, patience: 0), [double.NaN, 1, double.NaN, 1], [1, 0.5, 0.5, 0.25]);

    [Fact]
    public void Settings_without_meaning_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new StepDecay(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MultiStep([-1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Cosine(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Cosine(3, double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => new OneCycle(10, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new OneCycle(10, 0.5, threePhases: true));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReduceOnPlateau(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LinearWarmUp(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConstantRate().PerEpoch(0));
    }

    /// <summary>The factor before each report.</summary>
    private static void Reports(Schedule schedule, double[] reports, double[] factors)
    {
        for (int i = 0; i < reports.Length; i++)
        {
            Assert.Equal(factors[i], schedule.Factor(i), 1e-12);
            schedule.Report(reports[i]);
        }
    }
}
