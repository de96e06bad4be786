namespace DeepGen;

/// <summary>
/// Curves in a folder that TensorBoard reads: the loss and the learning rate of the steps, and every value of an epoch, those of
/// the validation in a group of their own. A resumed run goes on in a further file.
/// </summary>
public sealed class TensorBoardLog : TrainingCallback
{
    private readonly string _folder;
    private readonly int _every;
    private TensorBoardWriter? _writer;

    /// <param name="folder">The folder of the run, made if there is none.</param>
    /// <param name="every">How many steps there are between points.</param>
    public TensorBoardLog(string folder, int every = 10)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        _folder = folder;
        _every = every;
    }

    /// <inheritdoc/>
    public override void Begin(TrainingRun run) => _writer = new TensorBoardWriter(_folder);

    /// <inheritdoc/>
    public override void StepEnd(TrainingRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (run.Step % _every == 0)
        {
            _writer!.Scalar("step/loss", run.Step, run.Loss);
            _writer.Scalar("step/learning rate", run.Step, run.LearningRate);
        }
    }

    /// <inheritdoc/>
    public override void EpochEnd(TrainingRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var record = run.History[^1];
        foreach (var (name, value) in record.Values)
        {
            bool validation = name.StartsWith(EpochRecord.Validation, StringComparison.Ordinal);
            string tag = validation ? "validation/" + name[EpochRecord.Validation.Length..] : "training/" + name;
            _writer!.Scalar(tag, record.Steps, (float)value);
        }

        _writer!.Flush();
    }

    /// <inheritdoc/>
    public override void End(TrainingRun run) => Close();

    internal override void Close()
    {
        _writer?.Dispose();
        _writer = null;
    }
}
