using System.Diagnostics;
using System.Globalization;

namespace DeepGen;

/// <summary>Tells the console and other front ends where the training is: rate and time left from what this run has done itself.</summary>
internal sealed class ProgressReport
{
    private const double Keep = 0.98;

    private readonly FitOptions _options;
    private readonly MetricSet _metrics;
    private readonly TrainingRun _run;
    private readonly ProgressLine? _line;
    private readonly long _stepsPerEpoch;
    private long _samples;
    private long _steps;
    private long _started;
    private double _smooth;
    private double _weight;

    public ProgressReport(FitOptions options, MetricSet metrics, TrainingRun run, BatchFeed feed)
    {
        _options = options;
        _metrics = metrics;
        _run = run;
        _stepsPerEpoch = ((feed.Batches ?? 0) + options.MicroBatches - 1) / options.MicroBatches;
        _line = options.Console is { } console ? ProgressLine.For(console) : null;
    }

    public void Begin(Evaluator? validation)
    {
        _started = Stopwatch.GetTimestamp();
        if (_run.LastCheckpoint is { } path)
        {
            _line?.Say(string.Create(CultureInfo.InvariantCulture, $"resumed from '{path}' after {_run.Step} steps"));
        }

        if (validation is { KnowsLoss: false })
        {
            _line?.Say("the validation loss is left out: only the compiled step knows this loss");
        }
    }

    public void Step()
    {
        _steps++;
        _samples += _run.LastSamples;
        _smooth = (Keep * _smooth) + ((1 - Keep) * _run.Loss);
        _weight = (Keep * _weight) + (1 - Keep);
        if (_line is null && _options.Progress is null)
        {
            return;
        }

        double seconds = Stopwatch.GetElapsedTime(_started).TotalSeconds;
        int done = (_run.BatchIndex + _options.MicroBatches - 1) / _options.MicroBatches;
        double left = ((double)(_options.Epochs - _run.EpochIndex) * _stepsPerEpoch) - done;
        var progress = new TrainingProgress(
            _run.Epoch,
            _options.Epochs,
            done,
            _stepsPerEpoch,
            _run.Step,
            _smooth / _weight,
            _metrics.FirstValue,
            _metrics.FirstLabel,
            _run.LearningRate,
            seconds > 0 ? _samples / seconds : 0,
            _stepsPerEpoch > 0 ? TimeSpan.FromSeconds(seconds / _steps * left) : null);
        _options.Progress?.Report(progress);
        _line?.Step(progress);
    }

    public void Epoch() => _line?.Epoch(_run.Records[^1], _options.Epochs);

    public void End()
    {
        _line?.Close();
        if (_run.StopReason is { } reason)
        {
            _line?.Say($"stopped: {reason}");
        }
        else if (_run.Cancelled)
        {
            _line?.Say(_run.LastCheckpoint is { } path ? $"cancelled; '{path}' goes on from here" : "cancelled");
        }
    }
}
