using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Lower;

/// <summary>
/// A row of an <see cref="EdgeSum"/> or <see cref="EdgeLogSum"/> for each sample of the chunk, from the rows of the samples that an
/// entry of the matrix names. Views have the axis of columns alone.
/// </summary>
internal sealed class EdgeKernel(string title, View target, int columns, Primitive op, SparseOperand matrix, IReadOnlyList<View> operands)
    : Kernel(title, target, Level.Chunk)
{
    public int Columns { get; } = columns;

    public Primitive Op { get; } = op;

    public SparseOperand Matrix { get; } = matrix;

    /// <summary>d, s, and what else there is.</summary>
    public IReadOnlyList<View> Operands { get; } = operands;

    /// <summary>Whether an operand has a row for every sample of the batch, not for those of the chunk.</summary>
    public bool IsMixing(int operand) => ((IMixing)Op).ReadsOthers(operand + 1);

    public override IEnumerable<View> Reads => Operands;
}
