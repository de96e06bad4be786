using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Lower;

/// <summary>
/// Values that belong to the batch as a whole: sums over its samples. Whoever reads one must wait until every sample has been
/// computed, so they cut a program into stages.
/// </summary>
internal static class BatchSums
{
    /// <summary>Whether a value has one part for each sample.</summary>
    public static bool HasSamples(TensorType type) => type.Shape.Any(s => s.IsBatch);

    public static bool HasSamples(Node node) => node.Types.Any(HasSamples);

    /// <summary>Whether the node adds up samples itself: no operation but a sum makes one value of many samples'.</summary>
    public static bool IsSum(Node node) => node.Op is not (Repeat or Item) && !HasSamples(node) && node.Inputs.Any(HasSamples);

    /// <summary>
    /// A product whose depth is the batch: computed at once from all samples, each of which is a row of a matrix. Every other
    /// sum grows sample by sample.
    /// </summary>
    public static bool IsProduct(Node node) => node.Op is MatMul && IsSum(node);

    /// <summary>Whether a loop's body, or one within it, adds up samples: then each iteration takes stages of its own.</summary>
    public static bool Within(Repeat repeat) => repeat.Body.Nodes.Any(n => IsSum(n) || (n.Op is Repeat inner && Within(inner)));
}
