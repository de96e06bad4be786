namespace DeepGen;

/// <summary>
/// A factor of the learning rate for every step, counted from 0. The unit is the step, not the epoch; <see cref="PerEpoch"/> and
/// <see cref="StepsIn"/> convert. The optimiser's own rate is what factor 1 means.
/// </summary>
public abstract class Schedule
{
    private protected Schedule()
    {
    }

    /// <summary>How many steps it takes until nothing changes any more; null if it has no end of its own.</summary>
    public virtual long? Length => null;

    /// <summary>What is remembered of reported values, for checkpoints; empty where the step says everything.</summary>
    internal virtual IReadOnlyList<(string Name, double Value)> Scalars => [];

    /// <summary>How many steps some epochs have.</summary>
    /// <param name="epochs">How often every sample is seen.</param>
    /// <param name="samples">How many there are.</param>
    /// <param name="batch">How many are in a batch.</param>
    /// <param name="dropLast">Whether a last batch that is not full is left out.</param>
    public static long StepsIn(double epochs, long samples, int batch, bool dropLast = false)
    {
        Require.NotNegative(epochs, nameof(epochs));
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        long steps = dropLast ? samples / batch : (samples + batch - 1) / batch;
        return (long)Math.Round(epochs * steps);
    }

    /// <summary>The factor of a step.</summary>
    /// <param name="step">How many steps were taken before it.</param>
    public abstract double Factor(long step);

    /// <summary>Hands in what is watched, usually the validation loss after an epoch. Only some schedules look at it.</summary>
    public virtual void Report(double value)
    {
    }

    /// <summary>The same schedule with the epoch as its unit: the factor stays the same within an epoch.</summary>
    public Schedule PerEpoch(long stepsPerEpoch) => new EpochSchedule(this, stepsPerEpoch);

    /// <summary>This schedule to its end and then another one, which begins at its own step 0.</summary>
    /// <exception cref="InvalidOperationException">This schedule has no end.</exception>
    public Schedule Then(Schedule next) => Then(
        Length ?? throw new InvalidOperationException($"{GetType().Name} has no end of its own: say after how many steps the next schedule follows"), next);

    /// <summary>This schedule for so many steps and then another one, which begins at its own step 0.</summary>
    public Schedule Then(long after, Schedule next) => new SequenceSchedule(this, after, next);

    /// <summary>Restores one of <see cref="Scalars"/>.</summary>
    /// <exception cref="ArgumentException">There is none of that name.</exception>
    internal virtual void SetScalar(string name, double value) =>
        throw new ArgumentException($"the schedule {GetType().Name} has no value named '{name}'", nameof(name));
}
