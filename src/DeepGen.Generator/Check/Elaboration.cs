using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Layers;
using DeepGen.Generator.Support;

namespace DeepGen.Generator.Check;

/// <summary>
/// What a declared network means: its forward graph, unless there are findings, and what people are told about it.
/// </summary>
/// <param name="Training">The graph of a training step, if the network asks for one and there are no findings.</param>
/// <param name="Parameters">In the order of PyTorch's <c>state_dict</c>: members as declared, weight before bias.</param>
internal sealed record Elaboration(
    Graph? Forward,
    ImmutableArray<ParameterSpec> Parameters,
    ImmutableArray<SummaryRow> Rows,
    ImmutableArray<Finding> Findings,
    TrainingElaboration? Training = null);

/// <summary>
/// A parameter, or all copies of one in a stack: "3.*.0.weight" with Counts [500] stands for 500 tensors that lie one
/// after another.
/// </summary>
/// <param name="Path">Its dotted name, with a star for the number of the copy.</param>
/// <param name="Shape">The shape of one copy.</param>
/// <param name="Counts">How many copies, one number for each star.</param>
/// <param name="Scale">The bound of a uniform, the deviation of a normal or the value of a constant initialiser.</param>
/// <param name="Trainable">False for running statistics.</param>
internal sealed record ParameterSpec(
    string Path,
    EquatableArray<int> Shape,
    EquatableArray<int> Counts,
    Initializer Kind,
    double Scale,
    bool Trainable)
{
    /// <summary>The number of values of all copies.</summary>
    public long Length => Saturating.Product(Shape.Concat(Counts).Select(s => (long)s).ToArray());
}

/// <summary>How a parameter gets its first values; the names are those of the run time's enumeration.</summary>
internal enum Initializer
{
    Zeros,
    Ones,
    Constant,
    Uniform,
    Normal,
    TruncatedNormal,
    Orthogonal,
}

/// <summary>
/// One line of the summary. Parameters and floating point operations are those of all copies together; a shared
/// layer counts its parameters at its first use only, so that a column adds up to the network's total.
/// </summary>
internal sealed record SummaryRow(string Name, string Layer, string OutputShape, long Parameters, long Flops);
