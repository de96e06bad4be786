using System.Collections.Immutable;

namespace DeepGen;

/// <summary>The loss and the metrics of a pass through data: sums that a step adds to without garbage.</summary>
internal sealed class MetricSet
{
    private const int LossAt = 0;
    private const int SamplesAt = 1;

    private readonly Subject _subject;
    private readonly Metric[] _metrics;
    private readonly string[] _labels;
    private readonly double[] _loss = new double[2];

    /// <exception cref="ArgumentException">A metric does not suit the network, or two have the same name.</exception>
    public MetricSet(Subject subject, IReadOnlyList<Metric>? metrics)
    {
        _subject = subject;
        _metrics = [.. (metrics ?? DefaultMetrics.Of(subject.Targets, subject.Signature)).Select(m => m.For(subject.Targets, subject.Signature))];
        _labels = Array.ConvertAll(_metrics, subject.Label);
        if (_labels.GroupBy(l => l, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"there are two metrics '{twice.Key}'");
        }
    }

    public double Loss => _loss[LossAt] / _loss[SamplesAt];

    public IReadOnlyList<Metric> Metrics => _metrics;

    public string FirstLabel => _labels.Length > 0 ? _labels[0] : string.Empty;

    public double FirstValue => _metrics.Length > 0 ? _metrics[0].Value : double.NaN;

    /// <summary>All names, for comparing.</summary>
    public string Names => string.Join(", ", _labels);

    public void Reset()
    {
        Array.Clear(_loss);
        foreach (var metric in _metrics)
        {
            metric.Reset();
        }
    }

    public void AddLoss(double meanLoss, int count)
    {
        _loss[LossAt] += meanLoss * count;
        _loss[SamplesAt] += count;
    }

    /// <summary>A training batch, whose outputs the network still has.</summary>
    public void Add(Batch batch, TrainingState training)
    {
        foreach (var metric in _metrics)
        {
            metric.Add(training.Output(_subject.Targets[metric.Target].Output), batch.Targets[metric.Target], batch.Count);
        }
    }

    /// <summary>A batch whose outputs were predicted.</summary>
    public void Add(Batch batch, Memory<float>[] outputs)
    {
        foreach (var metric in _metrics)
        {
            metric.Add(outputs[_subject.Targets[metric.Target].Output].Span, batch.Targets[metric.Target], batch.Count);
        }
    }

    public void AppendTo(ImmutableArray<KeyValuePair<string, double>>.Builder values, string prefix)
    {
        if (_loss[SamplesAt] > 0)
        {
            values.Add(new(prefix + "loss", Loss));
        }

        for (int m = 0; m < _metrics.Length; m++)
        {
            values.Add(new(prefix + _labels[m], _metrics[m].Value));
        }
    }

    public bool HigherIsBetter(string name)
    {
        string plain = name.StartsWith(EpochRecord.Validation, StringComparison.Ordinal) ? name[EpochRecord.Validation.Length..] : name;
        int found = Array.IndexOf(_labels, plain);
        return found >= 0 && _metrics[found].HigherIsBetter;
    }

    public void Save(SavedState state)
    {
        state.Put("loss", _loss);
        for (int m = 0; m < _metrics.Length; m++)
        {
            state.Put(_labels[m], _metrics[m].Sums.ToArray());
        }
    }

    public void Load(SavedState state)
    {
        state.Find<double>("loss", _loss.Length).CopyTo(_loss, 0);
        for (int m = 0; m < _metrics.Length; m++)
        {
            state.Find<double>(_labels[m], _metrics[m].Sums.Length).CopyTo(_metrics[m].Sums);
        }
    }
}
