using System.Globalization;
using System.Runtime.InteropServices;
using DeepGen.Checkpoints;

namespace DeepGen;

/// <summary>
/// What the next step of a training depends on, in a checkpoint and out of it. Under their own names a file has the weights that
/// predict best: with a weight average the averaged ones, those of the last step being part of the training's state.
/// </summary>
internal sealed class TrainingStateFile
{
    private const long Version = 1;

    private readonly Subject _subject;
    private readonly FitOptions _options;
    private readonly Optimizer _optimizer;
    private readonly WeightAverage? _average;
    private readonly MetricSet _metrics;
    private readonly TrainingRun _run;
    private readonly (string Name, string Value)[] _settings;

    public TrainingStateFile(
        Subject subject, FitOptions options, BatchFeed feed, Optimizer optimizer, WeightAverage? average, MetricSet metrics, TrainingRun run)
    {
        (_subject, _options, _optimizer, _average, _metrics, _run) = (subject, options, optimizer, average, metrics, run);
        _settings =
        [
            ("seed", $"{options.Seed}"),
            ("batch size", $"{options.BatchSize}"),
            ("number of micro-batches", $"{options.MicroBatches}"),
            ("number of training samples", $"{feed.Samples?.ToString(CultureInfo.InvariantCulture) ?? "unknown"}"),
            ("optimiser", optimizer.Kind),
            ("learning rate", optimizer.LearningRate.ToString("R", CultureInfo.InvariantCulture)),
            ("schedule", optimizer.Schedule?.GetType().Name ?? "none"),
            ("weight average", options.WeightAverage?.ToString("R", CultureInfo.InvariantCulture) ?? "none"),
            ("list of metrics", metrics.Names),
            ("list of callbacks", string.Join(", ", options.Callbacks.Select(c => c.GetType().Name))),
        ];
    }

    private ParameterSet Parameters => _subject.Network.Parameters;

    public void Save(string path)
    {
        var state = new SavedState();
        state.Put("version", Version);
        foreach (var (name, value) in _settings)
        {
            state.Within("setting").Put(name, value);
        }

        state.Put("epoch", _run.EpochIndex);
        state.Put("batch", _run.BatchIndex);
        state.Put("step", _run.Step);
        state.Put("loss", _run.Loss);
        state.Put("rate", _run.LearningRate);
        state.Put("history", HistoryText.Write(_run.Records));
        state.Put("curve", _run.Curve.State.ToArray());
        if (_run.StopReason is { } reason)
        {
            state.Put("stopped", reason);
        }

        _metrics.Save(state.Within("metric"));
        OptimizerState.Save(_optimizer, Parameters, state);
        for (int c = 0; c < _options.Callbacks.Count; c++)
        {
            _options.Callbacks[c].Save(state.Within($"callback/{c}"));
        }

        var weights = Parameters.Select(TensorToWrite.Of);
        if (_average is not null)
        {
            state.Put("average updates", _average.Updates);
            weights = Parameters.Select(p => TensorToWrite.Of(p) with { Data = () => MemoryMarshal.AsBytes(p.Destination(_average.Values)) });
            foreach (var parameter in Parameters)
            {
                state.Within("weights").Put(parameter.Name, [.. parameter.Shape.Select(s => (long)s)], TensorToWrite.Of(parameter).Data);
            }
        }

        TrainingFile.Write(path, Parameters, weights, state);
    }

    /// <exception cref="CheckpointException">The file does not fit the network or the options; no weight has changed.</exception>
    public void Load(string path)
    {
        try
        {
            var (state, weights) = TrainingFile.Read(path, Parameters);
            Compare(state);
            if (_average is not null)
            {
                var last = Array.ConvertAll([.. Parameters], p => state.Within("weights").Find<float>(p.Name, p.Length));
                Load(state);
                _average.Updates = state.Integer("average updates");
                for (int i = 0; i < weights.Length; i++)
                {
                    weights[i].CopyTo(Parameters[i].Destination(_average.Values));
                }

                weights = last;
            }
            else
            {
                Load(state);
            }

            Parameters.WriteAll(weights);
        }
        catch (CheckpointException e)
        {
            throw new CheckpointException($"cannot resume from '{path}': {e.Message}", e);
        }
    }

    private void Load(SavedState state)
    {
        var history = HistoryText.Read(state.Text("history"));
        OptimizerState.Load(_optimizer, Parameters, state);
        _metrics.Load(state.Within("metric"));
        for (int c = 0; c < _options.Callbacks.Count; c++)
        {
            _options.Callbacks[c].Load(state.Within($"callback/{c}"));
        }

        state.Find<double>("curve", _run.Curve.State.Length).CopyTo(_run.Curve.State);
        _run.Records.AddRange(history);
        _run.EpochIndex = checked((int)state.Integer("epoch"));
        _run.BatchIndex = checked((int)state.Integer("batch"));
        _run.Loss = (float)state.Number("loss");
        _run.LearningRate = (float)state.Number("rate");
        _run.StopReason = state.Has("stopped") ? state.Text("stopped") : null;
        _subject.Network.Training.StepNumber = state.Integer("step");
    }

    private void Compare(SavedState state)
    {
        if (state.Integer("version") != Version)
        {
            throw new CheckpointException($"it is of version {state.Text("version")}, expected {Version}");
        }

        var differences = _settings
            .Select(s => (s.Name, Now: s.Value, Then: state.Within("setting").Text(s.Name)))
            .Where(s => s.Now != s.Then)
            .Select(s => $"the {s.Name} was {s.Then} and is now {s.Now}")
            .ToList();
        if (differences.Count > 0)
        {
            throw new CheckpointException($"the training would not go on as it began: {string.Join("; ", differences)}");
        }
    }
}
