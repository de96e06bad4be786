namespace DeepGen;

/// <summary>Where a training is.</summary>
/// <param name="Epoch">The epoch under way, from 1.</param>
/// <param name="Epochs">How many there will be.</param>
/// <param name="Step">How many steps of the epoch are done.</param>
/// <param name="StepsPerEpoch">How many it has; 0 if that is not known.</param>
/// <param name="TotalSteps">How many steps are done in all.</param>
/// <param name="Loss">The loss, smoothed over the last fifty steps or so.</param>
/// <param name="Metric">The first metric over the epoch so far; NaN if there is none.</param>
/// <param name="MetricName">Its name; empty if there is none.</param>
/// <param name="LearningRate">The learning rate of the last step.</param>
/// <param name="SamplesPerSecond">The rate since Fit began.</param>
/// <param name="TimeLeft">How long the rest takes at this rate; null if that is not known.</param>
public readonly record struct TrainingProgress(
    int Epoch,
    int Epochs,
    int Step,
    long StepsPerEpoch,
    long TotalSteps,
    double Loss,
    double Metric,
    string MetricName,
    double LearningRate,
    double SamplesPerSecond,
    TimeSpan? TimeLeft);
