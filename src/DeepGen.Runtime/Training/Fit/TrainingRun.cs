using System.Diagnostics;

namespace DeepGen;

/// <summary>A training under way, as callbacks see it.</summary>
public sealed class TrainingRun
{
    private readonly Subject _subject;
    private readonly MetricSet _metrics;
    private readonly Action<string> _save;

    internal TrainingRun(Subject subject, FitOptions options, Optimizer optimizer, MetricSet metrics, Action<string> save)
    {
        _subject = subject;
        Options = options;
        Optimizer = optimizer;
        _metrics = metrics;
        _save = save;
    }

    /// <summary>The network.</summary>
    public ITrainable Network => _subject.Network;

    /// <summary>How the training goes.</summary>
    public FitOptions Options { get; }

    /// <summary>The rule of the steps.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>The epoch under way, from 1.</summary>
    public int Epoch => EpochIndex + 1;

    /// <summary>How many steps are done in all.</summary>
    public long Step => Network.Training.StepNumber;

    /// <summary>The loss of the last step.</summary>
    public float Loss { get; internal set; } = float.NaN;

    /// <summary>The learning rate of the last step.</summary>
    public float LearningRate { get; internal set; }

    /// <summary>The epochs that are over, those before a resumption too.</summary>
    public IReadOnlyList<EpochRecord> History => Records;

    /// <summary>Whether the training was cancelled.</summary>
    public bool Cancelled { get; internal set; }

    /// <summary>Why the training was asked to stop; null if it was not.</summary>
    public string? StopReason { get; internal set; }

    internal int EpochIndex { get; set; }

    /// <summary>How many batches of the epoch are done, micro-batches counted one by one.</summary>
    internal int BatchIndex { get; set; }

    internal List<EpochRecord> Records { get; } = [];

    internal int LastSamples { get; set; }

    internal LossCurve Curve { get; } = new();

    internal string? LastCheckpoint { get; set; }

    internal long Started { get; } = Stopwatch.GetTimestamp();

    /// <summary>Ends the training after what is under way.</summary>
    public void Stop(string reason)
    {
        ArgumentException.ThrowIfNullOrEmpty(reason);
        StopReason ??= reason;
    }

    /// <summary>
    /// Asks for a checkpoint to go on from, beside those that the options ask for. It is written when the step or epoch is
    /// complete that is under way.
    /// </summary>
    public void SaveCheckpoint(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _save(path);
    }

    /// <summary>A value of the last epoch.</summary>
    /// <param name="name">Its name; null is <see cref="FitOptions.Monitor"/>.</param>
    /// <param name="higherIsBetter">Whether more of it is better.</param>
    /// <exception cref="ArgumentException">There is no such value.</exception>
    public double Monitored(string? name, out bool higherIsBetter)
    {
        string found = MonitoredName(name);
        higherIsBetter = _metrics.HigherIsBetter(found);
        return History[^1].TryGet(found, out double value)
            ? value
            : throw new ArgumentException($"'{found}' is to be watched, but there are only {string.Join(", ", History[^1].Values.Select(v => $"'{v.Key}'"))}");
    }

    /// <summary>The name of what is watched.</summary>
    /// <param name="name">A name; null is <see cref="FitOptions.Monitor"/>, or what that is when left out.</param>
    public string MonitoredName(string? name) =>
        name ?? Options.Monitor ?? (History is [.., { ValidationLoss: not null }] ? EpochRecord.Validation + "loss" : "loss");
}
