namespace DeepGen;

/// <summary>Trains and measures any network the compiler wrote a backward pass for.</summary>
public static class Trainer
{
    internal static FitResult Fit<T>(
        T network, IBatchFeed data, IBatchFeed? validation, FitOptions? options = null, CancellationToken cancellation = default)
        where T : class, ITrainable<T> => new FitLoop(Subject.Of(network), data, validation, options ?? new FitOptions()).Run(cancellation);
}
