using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Lower;

/// <summary>
/// What lowering takes for granted: every sample is computed by itself, so that a batch may be cut into chunks anywhere.
/// No value has two sample axes, and no operation sums along one, reorders it or moves values across it.
/// </summary>
internal static class SampleSeparation
{
    public static void Verify(Graph graph)
    {
        if (Violation(graph) is { } node)
        {
            throw new IrException($"{node.Op.Name} of {string.Join(", ", node.Inputs.Select(i => i.Types[0]))} mixes samples.");
        }
    }

    /// <summary>The first node that mixes samples, also within the body of a Repeat; null if there is none.</summary>
    public static Node? Violation(Graph graph) => graph.Nodes
        .Select(n => Mixes(n) ? n : n.Op is Repeat repeat ? Violation(repeat.Body) : null)
        .FirstOrDefault(n => n is not null);

    private static bool Mixes(Node node) =>
        (node.Types.Any(t => t.Shape.Count(s => s.IsBatch) > 1) && node.Op is not Adjacency) || node.Op switch
        {
            IMixing => BatchSums.Mixes(node) || BatchSums.IsSum(node),
            Reduce reduce => reduce.Axes.Any(a => node.Inputs[0].Shape[a].IsBatch),
            Reverse reverse => node.Shape[reverse.Axis].IsBatch,
            MatMul => MatrixOf(node.Inputs[0])[1].IsBatch || MatrixOf(node.Inputs[1]).Any(s => s.IsBatch),
            Reshape => Before(node.Inputs[0].Shape) != Before(node.Shape),
            Convolution or Window or PlaceWinners => !node.Shape[0].IsBatch,
            _ => false,
        };

    private static ImmutableArray<Size> MatrixOf(Node factor) => factor.Shape.Skip(factor.Shape.Rank - 2).ToImmutableArray();

    /// <summary>How many elements lie between neighbours of the axes before the sample axis.</summary>
    private static long Before(Shape shape) => !shape.HasBatch ? 1 : Shape.Of(shape.TakeWhile(s => !s.IsBatch)).ConstantLength;
}
