namespace DeepGen;

/// <summary>When checkpoints are written: as the options say, and when a callback asked for one. None ever holds a weight that is not finite.</summary>
internal sealed class CheckpointWriter
{
    private readonly FitOptions _options;
    private readonly TrainingRun _run;
    private readonly TrainingStateFile _file;
    private readonly List<string> _asked = [];

    public CheckpointWriter(FitOptions options, TrainingRun run, TrainingStateFile file) => (_options, _run, _file) = (options, run, file);

    /// <summary>Goes on from a checkpoint if that was asked for.</summary>
    /// <exception cref="CheckpointException">It does not fit; no weight has changed.</exception>
    public void Resume()
    {
        string? path = _options.ResumeFrom ?? (_options.Resume && File.Exists(_options.Checkpoint) ? _options.Checkpoint : null);
        if (path is not null)
        {
            _file.Load(path);
            _run.LastCheckpoint = path;
        }
    }

    /// <summary>Remembers a callback's wish until everything is between two steps.</summary>
    public void Ask(string path) => _asked.Add(path);

    /// <summary>After a step.</summary>
    public void StepEnd()
    {
        SaveAsked();
        if (_options.Checkpoint is { } path && _options.CheckpointEvery > 0 && _run.Step % _options.CheckpointEvery == 0)
        {
            Save(path);
        }
    }

    /// <summary>After an epoch, or at an early end.</summary>
    public void Save()
    {
        SaveAsked();
        if (_options.Checkpoint is { } path)
        {
            Save(path);
        }
    }

    private void SaveAsked()
    {
        foreach (string path in _asked)
        {
            Save(path);
        }

        _asked.Clear();
    }

    private void Save(string path)
    {
        if (Divergence.OfWeights(_run, _run.Network.Parameters) is { } diverged)
        {
            throw diverged;
        }

        _file.Save(path);
        _run.LastCheckpoint = path;
    }
}
