using DeepGen.Generator.Emit;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Lower;

/// <summary>
/// Takes out of a stage of the whole batch the kernels that threads can share: those that read nothing the stage computes and
/// alone write what they write. Large ones are cut into parts, small ones dealt out. The rest follows, by one thread; unless it
/// is little and waits for none of the large ones: then one thread does all that is not large on its way.
/// </summary>
internal static class SharedKernels
{
    /// <summary>Multiply-adds below which waking another thread costs more than it saves.</summary>
    private const long WorthSharing = 1 << 17;

    private const long WorthParting = 1 << 15;

    /// <summary>How many times as much the large ones must be for what one thread does beside them not to count.</summary>
    private const int MuchMore = 16;

    /// <summary>The depth of a product whose depth is the batch is not known; batches of some dozens are the rule.</summary>
    private const int UsualBatch = 64;

    /// <summary>Nor is the number of entries in a row of a sparse matrix.</summary>
    private const int UsualEntries = 8;

    /// <summary>Shared is null where nothing can be shared, or too little is; what it consists of does not depend on how deep a stack is.</summary>
    public static (LoweredProgram? Shared, bool IsWorthIt, LoweredProgram? Serial) Split(LoweredProgram program)
    {
        var kernels = program.Statements.SelectMany(s => s.Kernels).ToList();
        var written = kernels.GroupBy(k => k.Target.Buffer).ToDictionary(g => g.Key, g => g.Count());
        var shared = program.Statements.OfType<KernelStatement>()
            .Where(s => s.Kernel.Target.Buffer.Memory != Memory.Workspace
                && written[s.Kernel.Target.Buffer] == 1
                && s.Kernel.Reads.All(v => !written.ContainsKey(v.Buffer)))
            .ToList();
        var large = shared.Where(s => (Work(s.Kernel) >= WorthParting || IsOfStack(s.Kernel)) && CanBeParted(s.Kernel)).ToList();
        bool isWorthIt = shared.Sum(s => Work(s.Kernel)) >= WorthSharing;
        if (!isWorthIt && !large.Any(s => IsOfStack(s.Kernel)))
        {
            return (null, false, program);
        }

        foreach (KernelStatement statement in large)
        {
            statement.Kernel.IsParted = true;
        }

        List<Statement> rest = program.Statements.Where(s => !shared.Contains(s)).ToList();
        List<Statement> others = program.Statements.Except(large).ToList();
        if (IsLittleBeside(large, others))
        {
            var first = new LoopStatement(new LoopVariable(""), 1, "", others) { IsOfFirstPart = true };
            return (program with { Statements = [first, .. large] }, isWorthIt, null);
        }

        return (program with { Statements = shared }, isWorthIt, rest.Count == 0 ? null : program with { Statements = rest });
    }

    private static bool CanBeParted(Kernel kernel) => !kernel.Symbols.Any() && kernel switch
    {
        ContractKernel or ScatterKernel or SparseKernel => true,
        NestKernel nest => NestWriter.PartedExtent(nest) > 1 || NestWriter.CopiedRun(nest) > 0,
        _ => false,
    };

    /// <summary>Done for every layer of a stack, which counts as deep: the same code serves ten layers and ten thousand.</summary>
    private static bool IsOfStack(Kernel kernel) => kernel.Reads.Any(v => v.Buffer.IsOfStack);

    private static bool IsLittleBeside(List<KernelStatement> large, List<Statement> others)
    {
        var waited = new HashSet<Buffer>(large.SelectMany(s => s.Kernel.Targets).Select(t => t.Buffer));
        return others.Count > 0 && (large.Any(s => IsOfStack(s.Kernel)) || MuchMore * WorkPerSample(others) <= WorkPerSample(large))
            && !others.SelectMany(s => s.Kernels).SelectMany(k => k.Reads).Any(v => waited.Contains(v.Buffer));
    }

    /// <summary>Multiply-adds, or moves, for each sample; of some of the kernels, if it is said of which.</summary>
    public static long WorkPerSample(LoweredProgram program, Func<Kernel, bool>? counts = null) => WorkPerSample(program.Statements, counts);

    private static long WorkPerSample(IEnumerable<Statement> statements, Func<Kernel, bool>? counts = null) => statements.Sum(s => s switch
    {
        LoopStatement loop => WorkPerSample(loop.Body, counts) * Math.Max(1, loop.Count.Value),
        KernelStatement { Kernel: var kernel } when counts?.Invoke(kernel) != false => Math.Abs(Work(kernel)),
        _ => 0,
    });

    private static long Work(Kernel kernel) => kernel switch
    {
        // Its work is that of those that are there where it is not.
        { Where: Registers.Wide } => 0,
        ContractKernel k => Product(k.OuterExtents) * k.Rows.Value * k.Columns.Value * Product(k.DepthExtents.Select(e => e.IsBatch ? UsualBatch : e)),
        ScatterKernel k => (long)k.Rows.Value * k.Columns * UsualBatch,
        NestKernel k => Product(k.Extents) * Product(k.ReduceExtents),
        RowsKernel k => Product(k.Rows) * k.Length * k.Steps.Length,
        SparseKernel k => (long)k.Rows.Value * k.Columns * UsualEntries,
        EdgeKernel k => Math.Abs((long)k.Rows.Value) * k.Columns * UsualEntries * k.Operands.Count,
        LiveListKernel k => (long)k.Windows.Count * k.Windows.Channels,
        LiveFilterKernel k => k.Windows.Count * k.Windows.Channels * k.Patch.Length,
        LiveImageKernel k => k.Windows.Count * k.Windows.Channels * k.Patch.Length,
        _ => 0,
    };

    private static long Product(IEnumerable<Size> extents) => extents.Aggregate(1L, (n, e) => n * e.Value);
}
