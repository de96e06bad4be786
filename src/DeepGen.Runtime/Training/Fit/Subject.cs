using System.Collections.Immutable;

namespace DeepGen;

/// <summary>A network and what its class says of itself: taken once from the static interface, so that nothing below is generic.</summary>
internal sealed record Subject(
    ITrainable Network, NetworkSignature Signature, ImmutableArray<TargetSignature> Targets, string Summary, long ParameterCount)
{
    public static Subject Of<T>(T network)
        where T : class, ITrainable<T> => new(network, T.Signature, T.Targets, T.Summary, T.ParameterCount);

    /// <summary>The name of a metric in history and progress: with the output's name where there are several losses.</summary>
    public string Label(Metric metric) =>
        Targets.Length == 1 ? metric.Name : $"{Signature.Outputs[Targets[metric.Target].Output].Name} {metric.Name}";
}
