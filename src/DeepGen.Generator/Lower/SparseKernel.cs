using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Lower;

/// <summary>
/// target[row, n] = Result(Σ over the entries of a row of the matrix of value · source[column, n]): one chain of fused multiply-adds
/// in the order of the entries. Views have the axis n alone where rows are samples, else row and n.
/// </summary>
internal sealed class SparseKernel(
    string title, View target, Level level, Size rows, int columns, SparseOperand matrix, View source, bool isMixing, Expression result)
    : Kernel(title, target, level)
{
    /// <summary>The batch where the rows are the samples of the chunk.</summary>
    public Size Rows { get; } = rows;

    public int Columns { get; } = columns;

    public SparseOperand Matrix { get; } = matrix;

    public View Source { get; } = source;

    /// <summary>Whether the source has a row for every sample of the batch, not for those of the chunk.</summary>
    public bool IsMixing { get; } = isMixing;

    public Expression Result { get; } = result;

    public override IEnumerable<Size> Sizes => [Rows];

    public override IEnumerable<View> Reads =>
        Result.Loads().Select(l => l.View).Append(Source).Concat(Matrix.Drawing is { } d ? [d.Key] : []);
}

/// <summary>A matrix of the caller's as a kernel reads it.</summary>
/// <param name="Matrix">An input, or the graph's adjacency.</param>
internal sealed record SparseOperand(Primitive Matrix, EntryForm Form, bool IsTransposed, Dropping? Dropping)
{
    /// <summary>Whether there is one for each sample, whose rows follow one another.</summary>
    public bool IsOfSample { get; init; }

    /// <summary>What is dropped where entries are read; null if nothing is, or if it has been dropped before.</summary>
    public Dropping? Drawing => IsDroppedBefore ? null : Dropping;

    /// <summary>Whether the values that are read are what is left.</summary>
    public bool IsDroppedBefore => Dropping is { IsDrawnBefore: true } && !IsOfSample && Form == EntryForm.Plain;
}

/// <summary>Entries that are left out while training, by a key.</summary>
internal sealed record Dropping(View Key, float Rate)
{
    /// <summary>Whether the key is known before the stages begin, so that entries are dropped once for all kernels: in a loop each iteration has another.</summary>
    public bool IsDrawnBefore => Key.Buffer.Memory == Memory.Input && Key.Terms.IsEmpty;
}
