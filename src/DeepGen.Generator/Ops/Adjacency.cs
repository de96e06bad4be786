using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>
/// The matrix [B, B] of the graph whose nodes are the batch, or [B, N, N] of a graph for each sample: row i holds the weight of
/// every node that node i listens to. The caller's graphs are known only at run time, as an input is.
/// </summary>
internal sealed record Adjacency(NeighbourWeights Weights, Shape Matrix) : Primitive
{
    public override string Name => "adjacency";

    /// <summary>Rows of nodes further than so many edges from a node with a target are empty; null where none is.</summary>
    public int? Reach { get; init; }

    /// <summary>How many nodes a graph has: the batch, unless each sample is a graph.</summary>
    public Size Nodes => Matrix[Matrix.Rank - 1];

    /// <summary>The matrix for rows [B, n] or [B, N, n], the axis before the last being the nodes.</summary>
    public static Adjacency Of(NeighbourWeights weights, Shape rows) =>
        new(weights, Shape.Of(rows.Take(rows.Rank - 1).Append(rows[rows.Rank - 2])));

    public override string Attributes => Weights.ToString().ToLowerInvariant() + (Reach is { } reach ? FormattableString.Invariant($" within={reach}") : "");

    /// <summary>What the evaluator asks for its value by; no parameter has such a name.</summary>
    public string Key => FormattableString.Invariant($"@graph.{Weights}{Reach}");

    public override ImmutableArray<TensorType> Infer(ImmutableArray<TensorType> inputs)
    {
        Typing.Arity(this, inputs, 0);
        return ImmutableArray.Create(new TensorType(ElementType.Sparse, Matrix));
    }

    public override Primitive Bind(IReadOnlyDictionary<string, int> sizes) => this with { Matrix = Matrix.Bind(sizes) };

    public override ImmutableArray<DenseTensor> Evaluate(ImmutableArray<DenseTensor> inputs) =>
        throw new IrException("A graph has no value of its own; the evaluator is given it.");
}

/// <summary>How an edge counts; the names are those of the run time's enumeration.</summary>
internal enum NeighbourWeights
{
    /// <summary>D⁻½ (A + I) D⁻½, as Kipf and Welling have it.</summary>
    Symmetric,

    /// <summary>Each row of A divided by its sum: the mean of the neighbours.</summary>
    Mean,

    /// <summary>A + I, a one for each neighbour and for the node itself.</summary>
    WithSelf,
}
