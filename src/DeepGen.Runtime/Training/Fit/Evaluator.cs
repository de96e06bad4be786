namespace DeepGen;

/// <summary>Loss and metrics of predictions over a whole set of data, without a change of anything.</summary>
internal sealed class Evaluator
{
    /// <summary>How many samples are predicted at once; no number depends on it.</summary>
    public const int BatchSize = 256;

    private readonly Subject _subject;
    private readonly BatchFeed _feed;
    private readonly BatchCheck _check;
    private readonly Memory<float>[] _outputs;
    private readonly float[][] _room;
    private readonly int[] _lengths;
    private readonly bool _knowsLoss;
    private readonly double[] _losses;
    private readonly double[] _weights;

    public Evaluator(Subject subject, BatchFeed feed, IReadOnlyList<Metric>? metrics)
    {
        _subject = subject;
        _feed = feed;
        _check = new BatchCheck(subject);
        Metrics = new MetricSet(subject, metrics);
        _lengths = [.. subject.Signature.Outputs.Select(o => o.Length)];
        _outputs = new Memory<float>[_lengths.Length];
        _room = new float[_lengths.Length][];
        Array.Fill(_room, []);
        _losses = new double[subject.Targets.Length];
        _weights = new double[subject.Targets.Length];
        _knowsLoss = subject.Targets.All(t => PlainLoss.Knows(t, subject.Signature.Outputs[t.Output]));
    }

    public MetricSet Metrics { get; }

    public BatchFeed Feed => _feed;

    /// <summary>Whether the loss can be computed here.</summary>
    public bool KnowsLoss => _knowsLoss;

    /// <param name="each">Shown every batch with its outputs, if not null.</param>
    /// <param name="cancellation">Ends the pass before its end.</param>
    /// <returns>Whether it went to the end.</returns>
    public bool Run(Action<Batch, Memory<float>[]>? each, CancellationToken cancellation)
    {
        Metrics.Reset();
        Array.Clear(_losses);
        Array.Clear(_weights);
        int samples = 0;
        _feed.Start(0, 0);
        while (_feed.Next() is { } batch)
        {
            if (cancellation.IsCancellationRequested)
            {
                return false;
            }

            _check.Check(batch, _feed.Numbers);
            for (int o = 0; o < _lengths.Length; o++)
            {
                int length = batch.Count * _lengths[o];
                if (_room[o].Length < length)
                {
                    _room[o] = new float[length];
                }

                _outputs[o] = _room[o].AsMemory(0, length);
            }

            _subject.Network.Predict(batch, _outputs);
            if (_knowsLoss)
            {
                AddLoss(batch);
            }

            Metrics.Add(batch, _outputs);
            each?.Invoke(batch, _outputs);
            samples += batch.Count;
        }

        if (_knowsLoss)
        {
            Metrics.AddLoss(MeanLoss(), samples);
        }

        return true;
    }

    private void AddLoss(Batch batch)
    {
        for (int t = 0; t < _losses.Length; t++)
        {
            var target = _subject.Targets[t];
            for (int i = 0; i < batch.Count; i++)
            {
                var (loss, weight) = PlainLoss.OfSample(target, _subject.Signature.Outputs[target.Output], _outputs[target.Output].Span, batch.Targets[t], i);
                _losses[t] += loss * weight;
                _weights[t] += weight;
            }
        }
    }

    /// <summary>Σ weight · mean loss, over the samples or places that have a target.</summary>
    private double MeanLoss()
    {
        double loss = 0;
        for (int t = 0; t < _losses.Length; t++)
        {
            loss += _subject.Targets[t].Weight * _losses[t] / _weights[t];
        }

        return loss;
    }
}
