namespace DeepGen;

/// <summary>Something done during a training; override what matters.</summary>
public abstract class TrainingCallback
{
    /// <summary>Before the first step, after a checkpoint was loaded if the run goes on from one.</summary>
    public virtual void Begin(TrainingRun run)
    {
    }

    /// <summary>After a step. Called often: allocate nothing here.</summary>
    public virtual void StepEnd(TrainingRun run)
    {
    }

    /// <summary>
    /// After an epoch and its validation; the last of <see cref="TrainingRun.History"/> is its record. With a weight average, the
    /// network holds the average, which is what was validated.
    /// </summary>
    public virtual void EpochEnd(TrainingRun run)
    {
    }

    /// <summary>After the last step, however it came about, unless by an exception.</summary>
    public virtual void End(TrainingRun run)
    {
    }

    /// <summary>Puts what it remembers into a checkpoint, so that a resumed run is the same as an uninterrupted one.</summary>
    public virtual void Save(SavedState state)
    {
    }

    /// <summary>Takes back what <see cref="Save"/> put into the checkpoint.</summary>
    public virtual void Load(SavedState state)
    {
    }

    /// <summary>After all, whether by an exception or not: what is open is closed.</summary>
    internal virtual void Close()
    {
    }
}
