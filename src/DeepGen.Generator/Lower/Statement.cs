using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Lower;

/// <summary>The body of the emitted Run method: calls of kernels, in loops.</summary>
internal abstract class Statement
{
    /// <summary>The kernels it calls, in their order.</summary>
    public abstract IEnumerable<Kernel> Kernels { get; }
}

internal static class Statements
{
    /// <summary>The memory that any kernel of a program reads.</summary>
    public static HashSet<Buffer> BuffersRead(this IEnumerable<Statement> statements) =>
        [.. statements.SelectMany(s => s.Kernels).SelectMany(k => k.Reads).Select(v => v.Buffer)];
}

internal sealed class KernelStatement(Kernel kernel) : Statement
{
    /// <summary>For which samples it is there.</summary>
    public Occasion Occasion { get; init; }

    public Kernel Kernel { get; } = kernel;

    public override IEnumerable<Kernel> Kernels => [Kernel];
}

/// <summary>Samples that a kernel is called for.</summary>
internal enum Occasion
{
    Always,

    /// <summary>Those with a target.</summary>
    Target,

    /// <summary>Those without, which get zeros.</summary>
    NoTarget,
}

/// <summary>Whether a number of the sample, a class, is at least zero.</summary>
internal sealed record Condition(View Classes, bool IsThere);

/// <summary>A counted loop; if Count is the batch, over the samples of the chunk.</summary>
internal sealed class LoopStatement(LoopVariable variable, Size count, string comment, List<Statement> body) : Statement
{
    public LoopVariable Variable { get; } = variable;

    public Size Count { get; } = count;

    /// <summary>If it is there, the body is run once where it holds, else not at all.</summary>
    public Condition? Condition { get; init; }

    /// <summary>The body is run once, by the first of the threads that share a stage.</summary>
    public bool IsOfFirstPart { get; init; }

    /// <summary>
    /// A parameter that is changed before it is read, if anybody changes it: a block in each turn, of which threads have some each, before
    /// the body reads that; or in a single turn all of it, before the statements that follow. Null in any other loop.
    /// </summary>
    public Buffer? Learned { get; init; }

    /// <summary>
    /// How many blocks of its gradient the step computes, each followed by this loop's turns over it if that many threads or fewer take part and an optimiser
    /// is at work: then nothing is left to do here. None in any other loop.
    /// </summary>
    public int BlocksInStep { get; private init; }

    /// <summary>The same behind a step that learns so many blocks.</summary>
    public LoopStatement AfterStep(int blocks) => new(Variable, Count, Comment, Body) { Learned = Learned, BlocksInStep = blocks };

    public string Comment { get; } = comment;

    public List<Statement> Body { get; } = body;

    public bool OverSamples => Count.IsBatch;

    public override IEnumerable<Kernel> Kernels => Body.SelectMany(s => s.Kernels);
}

/// <summary>
/// The product that is the gradient of a parameter, block by block of rows, each followed by the optimiser's change of that block and, where a loop prepares it in
/// the same order, by the turns of that loop.
/// </summary>
internal sealed class LearnedProduct(KernelStatement statement, ContractKernel product, LoopStatement? preparing) : Statement
{
    public KernelStatement Statement { get; } = statement;

    public ContractKernel Product { get; } = product;

    /// <summary>As it is where parameters are prepared; a block of the product has some of its turns.</summary>
    public LoopStatement? Preparing { get; } = preparing;

    public override IEnumerable<Kernel> Kernels => Preparing is null ? Statement.Kernels : Statement.Kernels.Concat(Preparing.Kernels);
}

/// <summary>A lowered graph: what runs, what memory it needs.</summary>
internal sealed record LoweredProgram(
    IReadOnlyList<Statement> Statements,
    IReadOnlyList<Buffer> Buffers,
    IReadOnlyList<IReadOnlyList<float>> Constants,
    long WorkspaceLength,
    int Chunk);
