using System.Collections.Immutable;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Lower;

/// <summary>A step of a program with sums over the batch; the next one begins when all samples, or all threads, are through.</summary>
internal abstract record Stage;

/// <summary>
/// What samples are computed one by one, in parts of the batch that threads share; each part has its own area for the sums that
/// grow in it, which are added up, part by part, in their order.
/// </summary>
internal sealed record SampleStage(StageGraph Graph, long SumsStart, long SumsLength) : Stage;

/// <summary>What belongs to the batch as a whole.</summary>
internal sealed record WholeStage(StageGraph Graph) : Stage;

/// <summary>Stages that are gone through a number of times.</summary>
internal sealed record LoopStage(LoopVariable Variable, int Count, IReadOnlyList<Stage> Body) : Stage;

/// <summary>
/// What a stage computes: a graph whose inputs lie where Views and Weights say, and whose outputs go where Outputs say. A sum
/// over samples among the outputs of a stage of samples grows in its place.
/// </summary>
internal sealed record StageGraph(
    bool IsSamples,
    Graph Graph,
    IReadOnlyDictionary<Node, View> Views,
    IReadOnlyDictionary<Node, WeightValue> Weights,
    IReadOnlyList<View> Outputs)
{
    /// <summary>The inputs that are sparse matrices of the caller's, as the program knows them.</summary>
    public IReadOnlyDictionary<Node, Primitive> Matrices { get; init; } = ImmutableDictionary<Node, Primitive>.Empty;
}
