using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Ops;

/// <summary>
/// The matrix [B, B] of the graph whose nodes are the batch: row i holds the weight of every node that node i listens to. The
/// caller's graph is known only at run time, as an input is.
/// </summary>
internal sealed record Adjacency(NeighbourWeights Weights, Size Nodes) : Primitive
{
    public override string Name => "adjacency";

    public override string Attributes => Weights.ToString().ToLowerInvariant();

    /// <summary>What the evaluator asks for its value by; no parameter has such a name.</summary>
    public string Key => "@graph." + Weights;

    public override ImmutableArray<TensorType> Infer(ImmutableArray<TensorType> inputs)
    {
        Typing.Arity(this, inputs, 0);
        return ImmutableArray.Create(TensorType.Sparse(Nodes, Nodes));
    }

    public override Primitive Bind(IReadOnlyDictionary<string, int> sizes) => this with { Nodes = Nodes.Bind(sizes) };

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
