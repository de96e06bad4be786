using System.Collections.Immutable;
using System.Diagnostics;
using DeepGen.Reports;

namespace DeepGen;

/// <summary>
/// Epochs of steps. Between two steps all that the next one depends on is: the weights, what the optimiser, the schedule, the
/// average and the callbacks remember, and the position in the data; that is what <see cref="TrainingStateFile"/> writes.
/// </summary>
internal sealed class FitLoop
{
    private readonly Subject _subject;
    private readonly BatchFeed _feed;
    private readonly FitOptions _options;
    private readonly Evaluator? _validation;
    private readonly MetricSet _metrics;
    private readonly Optimizer _optimizer;
    private readonly WeightAverage? _average;
    private readonly GradientStep _step;
    private readonly ProgressReport _progress;
    private readonly TrainingRun _run;
    private readonly CheckpointWriter _checkpoints;
    private readonly TrainingCallback[] _callbacks;
    private long _epochStarted;

    public FitLoop(Subject subject, BatchFeed feed, BatchFeed? validation, FitOptions options)
    {
        _subject = subject;
        _feed = feed;
        _options = options;
        _callbacks = options.TensorBoard is { } folder ? [.. options.Callbacks, new TensorBoardLog(folder)] : [.. options.Callbacks];
        _metrics = new MetricSet(subject, options.Metrics);
        _validation = validation is null ? null : new Evaluator(subject, validation, options.Metrics);
        _optimizer = options.Optimizer ?? new Adam();
        _optimizer.Schedule = options.Schedule ?? _optimizer.Schedule;
        _optimizer.Attach(subject.Network.Parameters);
        _average = options.WeightAverage is { } decay ? new WeightAverage(subject.Network.Parameters, decay) : null;
        _run = new TrainingRun(subject, options, _optimizer, _metrics, path => _checkpoints!.Ask(path));
        _step = new GradientStep(subject, feed, options, _optimizer, _metrics, _run);
        _progress = new ProgressReport(options, _metrics, _run, feed);
        var file = new TrainingStateFile(subject, options, feed, _optimizer, _average, _metrics, _run);
        _checkpoints = new CheckpointWriter(options, _run, file);
    }

    public FitResult Run(CancellationToken cancellation)
    {
        var network = _subject.Network;
        int threads = network.Threads;
        network.Threads = _options.Threads;
        network.Training.StepNumber = 0;
        network.Training.Seed = _options.Seed;
        try
        {
            _checkpoints.Resume();
            _progress.Begin(_validation);
            foreach (var callback in _callbacks)
            {
                callback.Begin(_run);
            }

            while (_run.EpochIndex < _options.Epochs && _run.StopReason is null && !_run.Cancelled)
            {
                Epoch(cancellation);
            }

            _average?.Apply();
            foreach (var callback in _callbacks)
            {
                callback.End(_run);
            }

            var elapsed = Stopwatch.GetElapsedTime(_run.Started);
            if (_options.Report is { } report)
            {
                new TrainingReport(_subject, _options, _run, _feed, _validation?.Feed.Source, elapsed).Write(report);
            }

            return new FitResult(_run, elapsed);
        }
        finally
        {
            network.Threads = threads;
            network.Training.Accumulate = false;
            Array.ForEach(_callbacks, c => c.Close());
            _progress.End();
        }
    }

    private void Epoch(CancellationToken cancellation)
    {
        _epochStarted = Stopwatch.GetTimestamp();
        _feed.Start(_run.EpochIndex, _run.BatchIndex);
        while (true)
        {
            if (cancellation.IsCancellationRequested || _run.StopReason is not null)
            {
                _run.Cancelled = _run.StopReason is null;
                _checkpoints.Save();
                return;
            }

            if (!_step.Take())
            {
                break;
            }

            _average?.Update(_options.Threads);
            _progress.Step();
            foreach (var callback in _callbacks)
            {
                callback.StepEnd(_run);
            }

            _checkpoints.StepEnd();
        }

        EndEpoch(cancellation);
    }

    private void EndEpoch(CancellationToken cancellation)
    {
        _average?.Apply();
        if (_validation?.Run(null, cancellation) == false)
        {
            _average?.Restore();
            _run.Cancelled = true;
            _checkpoints.Save();
            return;
        }

        var values = ImmutableArray.CreateBuilder<KeyValuePair<string, double>>();
        _metrics.AppendTo(values, string.Empty);
        _validation?.Metrics.AppendTo(values, EpochRecord.Validation);
        double seconds = Stopwatch.GetElapsedTime(_epochStarted).TotalSeconds;
        _run.Records.Add(new EpochRecord(_run.Epoch, _run.Step, _run.LearningRate, seconds, values.ToImmutable()));
        _optimizer.Schedule?.Report(_run.Monitored(null, out _));
        foreach (var callback in _callbacks)
        {
            callback.EpochEnd(_run);
        }

        _average?.Restore();
        _progress.Epoch();
        _run.EpochIndex++;
        _run.BatchIndex = 0;
        _metrics.Reset();
        _checkpoints.Save();
    }
}
