namespace DeepGen.Generator.Lower;

/// <summary>
/// Where the gradient of a matrix is a product that comes in blocks of rows, a block may be learned as soon as it is there, and prepared for the next step: it never
/// leaves the caches. What has to be known before, the loss, is computed in a stage before.
/// </summary>
internal sealed class LearnWhereComputed
{
    private readonly StagedProgram _program;
    private readonly HashSet<(long Offset, long Length)> _candidates;
    private readonly List<LoopStatement> _preparing;
    private readonly Buffer _loss;
    private readonly List<LearnedProduct> _learned = [];

    /// <param name="program">Whose preparing learns already, parameter by parameter.</param>
    /// <param name="trainable">What an optimiser may change.</param>
    /// <param name="learned">What it changes where it is prepared.</param>
    /// <param name="loss">Without which nothing may be learned.</param>
    private LearnWhereComputed(StagedProgram program, IEnumerable<Buffer> trainable, IEnumerable<Buffer> learned, Buffer loss)
    {
        (_program, _loss) = (program, loss);
        _preparing = program.Prepare.SelectMany(Statements).OfType<LoopStatement>().Where(IsPreparing).ToList();
        _candidates = [.. trainable.Except(learned).Concat(_preparing.Select(l => l.Learned!)).Select(Place)];
    }

    /// <summary>The program with such products, and these.</summary>
    public static (StagedProgram Program, IReadOnlyList<LearnedProduct> Learned) Run(StagedProgram program, IEnumerable<Buffer> trainable, IReadOnlyList<Buffer> learned, Buffer loss)
    {
        var pass = new LearnWhereComputed(program, trainable, learned, loss);
        List<LoweredStage> step = program.Step
            .SelectMany((s, i) => s is LoweredWhole { InParts: true, Loops.Count: 0 } whole ? pass.Learning(whole, program.Step.Skip(i + 1).SelectMany(Statements).ToList()) : [s]).ToList();
        return (program with { Prepare = program.Prepare.Select(pass.Prepared).ToList(), Step = step }, pass._learned);
    }

    private IEnumerable<LoweredStage> Learning(LoweredWhole whole, List<Statement> later)
    {
        List<LoopStatement> beside = whole.Program.Statements.OfType<LoopStatement>().Where(s => s.IsOfFirstPart).ToList();
        List<Statement> shared = whole.Program.Statements.Except(beside).ToList();
        if (shared.Concat(later).Any(s => Writes(s, _loss)))
        {
            return [whole];
        }

        List<Statement> rest = whole.Program.Statements.Concat(later).ToList();
        List<Statement> statements = shared.Select(s => Followed(s, rest)).ToList();
        if (statements.SequenceEqual(shared))
        {
            return [whole];
        }

        LoweredWhole learning = whole with { Program = whole.Program with { Statements = statements } };
        var first = whole.Program with { Statements = beside.SelectMany(s => s.Body).ToList() };
        return first.Statements.Count == 0 ? [learning] : [new LoweredWhole(first, whole.Loops, InParts: false, IsShared: false), learning];
    }

    private Statement Followed(Statement statement, List<Statement> rest)
    {
        if (statement is not KernelStatement { Kernel: ContractKernel { IsParted: true, HasRowBlocks: true } product } computed || !IsGradient(product) || !_candidates.Contains(Place(product.Target.Buffer))
            || rest.SelectMany(s => s.Kernels).Any(k => k.Reads.Any(v => v.Buffer == product.Target.Buffer))
            || _program.Step.SelectMany(Statements).Count(s => Writes(s, product.Target.Buffer)) > 1)
        {
            return statement;
        }

        LoopStatement? preparing = _preparing.FirstOrDefault(l => Place(l.Learned!) == Place(product.Target.Buffer));
        if (rest.Any(s => Reads(s, product.Target.Buffer, preparing)) || preparing?.Count.Value % product.Blocks > 0)
        {
            return statement;
        }

        product.TakesBlocks = true;
        var learned = new LearnedProduct(computed, product, preparing);
        _learned.Add(learned);
        return learned;
    }

    private LoweredStage Prepared(LoweredStage stage) => stage is LoweredWhole whole
        ? whole with { Program = whole.Program with { Statements = whole.Program.Statements.Select(Prepared).ToList() } }
        : stage;

    private Statement Prepared(Statement statement) =>
        statement is LoopStatement loop && _learned.FirstOrDefault(l => l.Preparing == loop) is { } before ? loop.AfterStep(before.Product.Blocks) : statement;

    /// <summary>Whether all that the loop does is to prepare weights of its parameter, so that it can be done in any stage.</summary>
    private static bool IsPreparing(LoopStatement loop) => loop is { Learned: { } parameter, Count.Value: > 1 }
        && loop.Kernels.All(k => k.Targets.All(t => t.Buffer.Memory == Memory.Weights) && k.Reads.All(v => v.Buffer == parameter));

    /// <summary>Whether its blocks follow one another in a gradient that is all its own.</summary>
    private static bool IsGradient(ContractKernel product) =>
        product is { OuterExtents.Length: 1, Target: { Buffer: { Memory: Memory.Gradients, IsOfStack: false }, Offset: 0, Terms.IsEmpty: true } target }
        && target.Buffer.Length == (long)product.AllRows * product.Columns.Value
        && target.Strides.Skip(target.Strides.Length - 3).Take(2).SequenceEqual([(long)product.Rows.Value * product.Columns.Value, product.Columns.Value]);

    private static (long Offset, long Length) Place(Buffer buffer) => (buffer.Offset, buffer.Length);

    private static bool Writes(Statement statement, Buffer buffer) => statement.Kernels.SelectMany(k => k.Targets).Any(t => t.Buffer == buffer);

    /// <summary>Whether the parameter, or weights that are prepared of it, are still read.</summary>
    private static bool Reads(Statement statement, Buffer gradient, LoopStatement? preparing)
    {
        List<Buffer> prepared = preparing?.Kernels.SelectMany(k => k.Targets).Select(t => t.Buffer).ToList() ?? [];
        return statement.Kernels.SelectMany(k => k.Reads).Select(v => v.Buffer)
            .Any(r => r.Memory == Memory.Parameters ? Meet(r, gradient) : r.Memory == Memory.Weights && prepared.Any(p => Meet(p, r)));
    }

    private static bool Meet(Buffer a, Buffer b) => a.Offset < b.Offset + b.Length && b.Offset < a.Offset + a.Length;

    private static IEnumerable<Statement> Statements(LoweredStage stage) => stage switch
    {
        LoweredSamples samples => samples.Program.Statements,
        LoweredWhole whole => whole.Program.Statements,
        LoweredLoop loop => loop.Body.SelectMany(Statements),
        _ => [],
    };
}
