using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Lower;

/// <summary>The body of the emitted Run method: calls of kernels, in loops.</summary>
internal abstract class Statement
{
    /// <summary>The kernels it calls, in their order.</summary>
    public abstract IEnumerable<Kernel> Kernels { get; }
}

internal sealed class KernelStatement(Kernel kernel) : Statement
{
    public Kernel Kernel { get; } = kernel;

    public override IEnumerable<Kernel> Kernels => [Kernel];
}

/// <summary>A counted loop; if Count is the batch, over the samples of the chunk.</summary>
internal sealed class LoopStatement(LoopVariable variable, Size count, string comment, List<Statement> body) : Statement
{
    public LoopVariable Variable { get; } = variable;

    public Size Count { get; } = count;

    public string Comment { get; } = comment;

    public List<Statement> Body { get; } = body;

    public bool OverSamples => Count.IsBatch;

    public override IEnumerable<Kernel> Kernels => Body.SelectMany(s => s.Kernels);
}

/// <summary>A lowered graph: what runs, what memory it needs.</summary>
internal sealed record LoweredProgram(
    IReadOnlyList<Statement> Statements,
    IReadOnlyList<Buffer> Buffers,
    IReadOnlyList<IReadOnlyList<float>> Constants,
    long WorkspaceLength,
    int Chunk);
