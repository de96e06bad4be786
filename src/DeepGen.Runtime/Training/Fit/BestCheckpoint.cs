namespace DeepGen;

/// <summary>Saves the network's weights whenever a value has become better: a plain file, for Load.</summary>
public sealed class BestCheckpoint : TrainingCallback
{
    private double _best = double.NaN;

    /// <param name="path">The file, replaced only by a complete one.</param>
    /// <param name="monitor">What is watched; left out, the validation loss, or the training loss where there is none.</param>
    public BestCheckpoint(string path, string? monitor = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Path = path;
        Monitor = monitor;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>What is watched.</summary>
    public string? Monitor { get; }

    /// <summary>The best value so far; NaN before the first epoch.</summary>
    public double Best => _best;

    /// <inheritdoc/>
    public override void EpochEnd(TrainingRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        double value = run.Monitored(Monitor, out bool higherIsBetter);
        if (double.IsNaN(_best) || (higherIsBetter ? value > _best : value < _best))
        {
            run.Network.Parameters.Save(Path);
            _best = value;
        }
    }

    /// <inheritdoc/>
    public override void Save(SavedState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Put("best", _best);
    }

    /// <inheritdoc/>
    public override void Load(SavedState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        _best = state.Number("best");
    }
}
