using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Lower;

/// <summary>
/// A row of an <see cref="EdgeSum"/> or <see cref="EdgeLogSum"/> for each sample of the chunk, or for each node of a sample, from the rows
/// that an entry of the matrix names. Views have the axis n alone where rows are samples, else row and n.
/// </summary>
internal sealed class EdgeKernel(string title, View target, Size rows, int columns, Primitive op, SparseOperand matrix, IReadOnlyList<View> operands)
    : Kernel(title, target, matrix.IsOfSample ? Level.Sample : Level.Chunk)
{
    /// <summary>The batch where the rows are the samples of the chunk.</summary>
    public Size Rows { get; } = rows;

    public int Columns { get; } = columns;

    public Primitive Op { get; } = op;

    public SparseOperand Matrix { get; } = matrix;

    /// <summary>d, s, and what else there is.</summary>
    public IReadOnlyList<View> Operands { get; } = operands;

    /// <summary>Whether an operand is read in the rows that entries name, not in the row that is computed.</summary>
    public bool IsMixing(int operand) => ((IMixing)Op).ReadsOthers(operand + 1);

    public override IEnumerable<Size> Sizes => [Rows];

    public override IEnumerable<View> Reads => Operands.Concat(Matrix.Drawing is { } d ? [d.Key] : []);
}
