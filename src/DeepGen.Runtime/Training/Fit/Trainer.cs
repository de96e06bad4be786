using System.Collections.Immutable;
using DeepGen.Data;

namespace DeepGen;

/// <summary>Trains and measures any network the compiler wrote a backward pass for.</summary>
public static class Trainer
{
    /// <summary>Trains a network. Equal options, data, and weights to begin with give equal weights, on every machine and for any number of threads.</summary>
    /// <param name="network">What is trained.</param>
    /// <param name="data">What it learns from.</param>
    /// <param name="options">How; left out, ten epochs of Adam with batches of 64.</param>
    /// <param name="cancellation">Ends the training after the step under way. No exception is thrown: the result says so.</param>
    /// <exception cref="ArgumentException">Data or options do not fit the network; no weight has changed.</exception>
    /// <exception cref="CheckpointException">The checkpoint to resume from is damaged or of another training; no weight has changed.</exception>
    /// <exception cref="TrainingDivergedException">The loss or a weight is not finite any more.</exception>
    public static FitResult Fit<T>(T network, IDataSource data, FitOptions? options = null, CancellationToken cancellation = default)
        where T : class, ITrainable<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        options ??= new FitOptions();
        options.Check();
        var subject = Subject.Of(network);
        if (network is IGraphNetwork && (options.ValidationFraction != 0 || options.MicroBatches != 1))
        {
            throw new ArgumentException(
                $"the samples of a network over a graph are its nodes: they are not split; give {nameof(FitOptions.Validation)} with the same inputs and other targets");
        }

        var (training, validation) = Split(data, options);
        training = DataCheck.Fitted(subject, training, "training data");
        using var feed = new BatchFeed(training, new BatchOptions(AtOnce(subject, training, options.BatchSize / options.MicroBatches))
        {
            Shuffle = options.Shuffle && network is not IGraphNetwork,
            Seed = options.Seed,
            Augmentation = options.Augmentation,
            Threads = options.Threads,
        });
        using var measured = Measured(subject, validation, "validation data");
        return new FitLoop(subject, feed, measured, options).Run(cancellation);
    }

    /// <summary>The loss, if it is a built-in one, and the metrics of a network's predictions; nothing is changed.</summary>
    /// <param name="network">What predicts.</param>
    /// <param name="data">Inputs and targets.</param>
    /// <param name="metrics">What is measured; left out, accuracy for classes and MAE and RMSE for values.</param>
    /// <exception cref="ArgumentException">Data or metrics do not fit the network.</exception>
    public static Evaluation Evaluate<T>(T network, IDataSource data, params ReadOnlySpan<Metric> metrics)
        where T : class, ITrainable<T>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        var subject = Subject.Of(network);
        using var feed = Measured(subject, data, "data")!;
        var evaluator = new Evaluator(subject, feed, metrics.IsEmpty ? null : metrics.ToArray());
        evaluator.Run(null, CancellationToken.None);
        var values = ImmutableArray.CreateBuilder<KeyValuePair<string, double>>();
        evaluator.Metrics.AppendTo(values, string.Empty);
        return new Evaluation(values.ToImmutable(), evaluator.Metrics.Metrics);
    }

    private static BatchFeed? Measured(Subject subject, IDataSource? data, string what)
    {
        if (data is null)
        {
            return null;
        }

        data = DataCheck.Fitted(subject, data, what);
        return new BatchFeed(data, new BatchOptions(AtOnce(subject, data, Evaluator.BatchSize)));
    }

    /// <summary>Nodes of a graph are one batch, in their order.</summary>
    private static int AtOnce(Subject subject, IDataSource data, int otherwise) => subject.Network is not IGraphNetwork ? otherwise
        : data is DataSet set ? set.Count
        : throw new ArgumentException($"{subject.Signature.Name} is computed over a graph, all nodes at once: it needs a data set in memory, not a stream");

    private static (IDataSource Training, IDataSource? Validation) Split(IDataSource data, FitOptions options)
    {
        if (options.ValidationFraction == 0)
        {
            return (data, options.Validation);
        }

        if (data is not DataSet set)
        {
            throw new ArgumentException($"{nameof(FitOptions.ValidationFraction)} needs a data set in memory; give {nameof(FitOptions.Validation)} for a stream");
        }

        return set.Split(1 - options.ValidationFraction, options.Seed);
    }
}
