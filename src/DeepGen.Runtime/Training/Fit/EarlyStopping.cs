namespace DeepGen;

/// <summary>Stops when a value has not become better for some epochs, and gives the network the weights with which it was best.</summary>
public sealed class EarlyStopping : TrainingCallback
{
    private const string Weights = "weights";

    private double _best = double.NaN;
    private long _bestEpoch;
    private float[]? _weights;

    /// <param name="patience">How many epochs without improvement there may be.</param>
    public EarlyStopping(int patience = 3)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(patience, 1);
        Patience = patience;
    }

    /// <summary>How many epochs without improvement there may be.</summary>
    public int Patience { get; }

    /// <summary>By how much a value must be better to count.</summary>
    public double MinDelta { get; init; }

    /// <summary>What is watched; left out, the validation loss, or the training loss where there is none.</summary>
    public string? Monitor { get; init; }

    /// <summary>Whether the network is given its best weights in the end.</summary>
    public bool RestoreBest { get; init; } = true;

    /// <summary>The best value so far; NaN before the first epoch.</summary>
    public double Best => _best;

    /// <summary>The epoch of the best value, from 1; 0 before the first epoch.</summary>
    public int BestEpoch => (int)_bestEpoch;

    /// <inheritdoc/>
    public override void EpochEnd(TrainingRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        double value = run.Monitored(Monitor, out bool higherIsBetter);
        int epoch = run.History[^1].Epoch;
        if (double.IsNaN(_best) || (higherIsBetter ? value > _best + MinDelta : value < _best - MinDelta))
        {
            (_best, _bestEpoch) = (value, epoch);
            if (RestoreBest)
            {
                _weights ??= new float[run.Network.Parameters.Storage.Length];
                run.Network.Parameters.Storage.CopyTo(_weights);
            }
        }
        else if (epoch - _bestEpoch >= Patience)
        {
            run.Stop($"{run.MonitoredName(Monitor)} has not become better for {Patience} epochs; the best was epoch {_bestEpoch}");
        }
    }

    /// <inheritdoc/>
    public override void End(TrainingRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        if (_weights is not null && !run.Cancelled)
        {
            run.Network.Parameters.Write(0, _weights);
        }
    }

    /// <inheritdoc/>
    public override void Save(SavedState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state.Put("best", _best);
        state.Put("epoch", _bestEpoch);
        if (_weights is not null)
        {
            state.Put(Weights, _weights);
        }
    }

    /// <inheritdoc/>
    public override void Load(SavedState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        _best = state.Number("best");
        _bestEpoch = state.Integer("epoch");
        _weights = state.Has(Weights) ? state.Values(Weights) : null;
    }
}
