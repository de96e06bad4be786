namespace DeepGen;

/// <summary>
/// One step: gradients of its micro-batches, added up as g = Σ nᵢ gᵢ / Σ nᵢ, and the optimiser's update. Allocates nothing. L-BFGS
/// evaluates the batch again as often as it likes.
/// </summary>
internal sealed class GradientStep
{
    private readonly Subject _subject;
    private readonly BatchFeed _feed;
    private readonly FitOptions _options;
    private readonly Optimizer _optimizer;
    private readonly MetricSet _metrics;
    private readonly TrainingRun _run;
    private readonly BatchCheck _check;
    private readonly Func<float> _again;
    private Batch? _batch;

    public GradientStep(Subject subject, BatchFeed feed, FitOptions options, Optimizer optimizer, MetricSet metrics, TrainingRun run)
    {
        _subject = subject;
        _feed = feed;
        _options = options;
        _optimizer = optimizer;
        _metrics = metrics;
        _run = run;
        _check = new BatchCheck(subject);
        _again = () => _subject.Network.Gradients(_batch!);
        if (optimizer is Lbfgs && options.MicroBatches > 1)
        {
            throw new ArgumentException("L-BFGS asks for the loss of the same samples several times: it cannot be used with micro-batches");
        }
    }

    /// <summary>Takes a step, unless the epoch has no more batches.</summary>
    /// <exception cref="TrainingDivergedException">The loss is not finite; no weight has changed in this step.</exception>
    /// <exception cref="ArgumentException">A batch does not fit; no weight has changed in this step.</exception>
    public bool Take()
    {
        var training = _subject.Network.Training;
        _options.Certified?.Apply(training, training.StepNumber);
        double loss = 0;
        int samples = 0;

        // What the buffer holds is factor times the mean gradient of the samples so far.
        double factor = 1;
        for (int piece = 0; piece < _options.MicroBatches && _feed.Next() is { } batch; piece++)
        {
            _check.Check(batch, _feed.Numbers);
            training.Accumulate = piece > 0;
            if (piece > 0)
            {
                Scale(training.Gradients.Storage, (float)(samples / (batch.Count * factor)));
            }

            float part = LearnsAtOnce ? Learn(batch) : _subject.Network.Gradients(batch);
            if (!float.IsFinite(part))
            {
                throw Divergence.OfLoss(_subject, _run, batch, part);
            }

            _batch = batch;
            samples += batch.Count;
            factor = (double)samples / batch.Count;
            loss += (double)part * batch.Count;
            _metrics.AddLoss(part, batch.Count);
            _metrics.Add(batch, training);
            _run.BatchIndex++;
        }

        if (samples == 0)
        {
            return false;
        }

        if (_optimizer is Lbfgs lbfgs)
        {
            Search(training, lbfgs);
        }
        else if (!LearnsAtOnce)
        {
            Update(training, (float)(1 / factor));
        }

        _run.Loss = (float)(loss / samples);
        _run.LastSamples = samples;
        _run.Curve.Add(loss / samples);
        return true;
    }

    /// <summary>Whether a batch is a step, so that parameters may change within its backward pass.</summary>
    private bool LearnsAtOnce => _options.MicroBatches == 1 && _optimizer is not Lbfgs;

    private float Learn(Batch batch)
    {
        _run.LearningRate = _optimizer.CurrentRate;
        try
        {
            return _subject.Network.Learn(batch, _optimizer);
        }
        catch (NotFiniteNumberException e)
        {
            throw Divergence.OfStep(_run, e);
        }
    }

    private void Update(TrainingState training, float gradientScale)
    {
        _run.LearningRate = _optimizer.CurrentRate;
        float before = _optimizer.GradientScale;
        _optimizer.GradientScale = before * gradientScale;
        try
        {
            training.Step(_optimizer, _options.Threads);
        }
        catch (NotFiniteNumberException e)
        {
            throw Divergence.OfStep(_run, e);
        }
        finally
        {
            _optimizer.GradientScale = before;
        }
    }

    private void Search(TrainingState training, Lbfgs optimizer)
    {
        _run.LearningRate = optimizer.CurrentRate;
        try
        {
            training.Step(optimizer, _again, _options.Threads);
        }
        catch (NotFiniteNumberException e)
        {
            throw Divergence.OfStep(_run, e);
        }
    }

    private static void Scale(Span<float> values, float factor)
    {
        if (factor == 1)
        {
            return;
        }

        foreach (ref float value in values)
        {
            value *= factor;
        }
    }
}
