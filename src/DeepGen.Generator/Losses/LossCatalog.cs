using System.Collections.Immutable;

namespace DeepGen.Generator.Losses;

/// <summary>Every loss, in the order of the attributes' enumeration. To add one is to add a line here and one there.</summary>
internal static class LossCatalog
{
    public static ImmutableArray<Loss> All { get; } = ImmutableArray.Create<Loss>(
        new CrossEntropyLoss(),
        new BinaryCrossEntropyLoss(),
        new DeviationLoss("MeanSquaredError", (_, d) => d * d),
        new DeviationLoss("L1", (_, d) => d.Abs()),
        new HuberLoss(),
        new KullbackLeiblerLoss(),
        new GaussianNllLoss(),
        new CosineEmbeddingLoss());
}
