namespace DeepGen;

/// <summary>How a training went.</summary>
public sealed class FitResult
{
    internal FitResult(TrainingRun run, TimeSpan elapsed)
    {
        History = [.. run.History];
        Steps = run.Step;
        Cancelled = run.Cancelled;
        StopReason = run.StopReason;
        Checkpoint = run.LastCheckpoint;
        Elapsed = elapsed;
    }

    /// <summary>The epochs that were finished, those before a resumption too.</summary>
    public IReadOnlyList<EpochRecord> History { get; }

    /// <summary>How many steps were taken, those before a resumption too.</summary>
    public long Steps { get; }

    /// <summary>Whether it was cancelled before its end. The network has the weights of the last step; with a checkpoint, it can be resumed.</summary>
    public bool Cancelled { get; }

    /// <summary>Why a callback stopped it; null if none did.</summary>
    public string? StopReason { get; }

    /// <summary>The last checkpoint that was written; null if none was.</summary>
    public string? Checkpoint { get; }

    /// <summary>How long it took, without what was before a resumption.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>A value of the last epoch: "loss", "validation accuracy".</summary>
    /// <exception cref="KeyNotFoundException">There is none of that name, or no epoch was finished.</exception>
    public double this[string name] => History.Count > 0
        ? History[^1][name]
        : throw new KeyNotFoundException($"there is no value '{name}': no epoch was finished");
}
