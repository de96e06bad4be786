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

    /// <summary>Rows of a sample: with more, a sum over them is work enough to be done sample by sample, while they are in the cache.</summary>
    private const int FewRows = 8;

    /// <summary>
    /// A product whose depth is the batch, or rows added up by number: computed at once from all samples, each of which is a row of
    /// a matrix, or some. Every other sum grows sample by sample.
    /// </summary>
    public static bool IsProduct(Node node) => (node.Op is MatMul or SparseProduct or ScatterAdd || IsOfFewRows(node)) && IsSum(node);

    /// <summary>The gradient of a matrix that a few rows of each sample are multiplied by, which is that of a filter of one pixel.</summary>
    private static bool IsOfFewRows(Node node) =>
        node.Op is FilterGradient { IsOfPixels: true } && node.Inputs[1].Shape is var rows && rows[2] == (Size)1 && rows[1] is { IsConstant: true, Value: <= FewRows };

    /// <summary>
    /// Whether a sample of the node is computed from other samples of some operands, as a node of a graph is from its
    /// neighbours: who computes it must wait until those are there for every sample. Where each sample is a graph, its nodes are its own.
    /// </summary>
    public static bool Mixes(Node node) => node.Inputs.Where((_, i) => ReadsOthers(node, i)).Any();

    /// <summary>Whether it is read of other samples than the one that is computed.</summary>
    public static bool ReadsOthers(Node node, int operand) =>
        node.Op is IMixing mixing && mixing.ReadsOthers(operand) && HasSamples(node) && HasSamples(node.Inputs[operand]) && node.Inputs[0].Shape.Rank == 2;

    /// <summary>Whether a program must wait for all samples somewhere.</summary>
    public static bool AnyIn(Graph graph) => graph.Nodes.Any(n => Waits(n) || (n.Op is Repeat inner && Within(inner)));

    /// <summary>Whether a loop's body, or one within it, waits for all samples: then each iteration takes stages of its own.</summary>
    public static bool Within(Repeat repeat) => AnyIn(repeat.Body);

    private static bool Waits(Node node) => IsSum(node) || Mixes(node);
}
