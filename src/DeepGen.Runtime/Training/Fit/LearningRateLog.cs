using System.Globalization;

namespace DeepGen;

/// <summary>Writes "step,rate,loss" as a table of comma-separated values, a row for every so many steps.</summary>
public sealed class LearningRateLog : TrainingCallback
{
    private readonly TextWriter _writer;
    private readonly int _every;

    /// <param name="writer">Where the table goes; it stays open.</param>
    /// <param name="every">How many steps there are between rows.</param>
    public LearningRateLog(TextWriter writer, int every = 1)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentOutOfRangeException.ThrowIfLessThan(every, 1);
        _writer = writer;
        _every = every;
    }

    /// <inheritdoc/>
    public override void Begin(TrainingRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (run.Step == 0)
        {
            _writer.WriteLine("step,rate,loss");
        }
    }

    /// <inheritdoc/>
    public override void StepEnd(TrainingRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (run.Step % _every == 0)
        {
            _writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{run.Step},{run.LearningRate:R},{run.Loss:R}"));
        }
    }

    /// <inheritdoc/>
    public override void End(TrainingRun run) => _writer.Flush();
}
