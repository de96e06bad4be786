namespace DeepGen.Generator.Lower;

/// <summary>
/// Programs of wide dense layers, whose threads can share each step of a few samples instead of the samples: of a product they have some columns each, so that each
/// weight is read by one of them, even where there is one sample.
/// </summary>
internal static class ColumnShares
{
    /// <summary>The columns from which on threads find some each.</summary>
    private const int Wide = 256;

    /// <summary>Where products are not so much of the work, samples are shared.</summary>
    private const int MuchMore = 8;

    /// <summary>More are not cases of one method.</summary>
    private const int MostSteps = 48;

    /// <summary>Whether it is one; then its products are told which columns to compute, and what a thread needs for itself is set apart.</summary>
    public static bool Prepare(LoweredProgram program, long sumsLength = 0)
    {
        List<ContractKernel> wide = program.Statements.OfType<KernelStatement>().Select(s => s.Kernel).OfType<ContractKernel>().Where(IsWide).ToList();
        long work = SharedKernels.WorkPerSample(program, k => wide.Contains(k));
        if (wide.Count == 0 || sumsLength > 0 || program.Statements.Count > MostSteps || work < PartSize.WorthHandingOver * wide.Count
            || work < (MuchMore - 1) * SharedKernels.WorkPerSample(program, k => !wide.Contains(k)) || !program.Statements.All(CanBeShared))
        {
            return false;
        }

        HashSet<Buffer> lent = [.. program.Buffers.Where(b => b.Memory == Memory.Workspace && b.SampleStride == 0)];
        if (program.Statements.SelectMany(s => s.Kernels.SelectMany(k => k.Views).Select(v => v.Buffer).Distinct()).Where(lent.Contains).GroupBy(b => b).Any(g => g.Count() > 1))
        {
            // One step leaves something for another there, which another thread would look for in its own.
            return false;
        }

        wide.ForEach(k => k.IsParted = true);
        foreach (Buffer buffer in lent)
        {
            buffer.IsOfThread = true;
        }

        return true;
    }

    private static bool IsWide(ContractKernel product) =>
        product is { Level: Level.Chunk, Triangle: Ops.Triangle.None, OuterExtents.IsEmpty: true } && product.Columns.IsConstant && product.Columns.Value >= Wide;

    /// <summary>By columns or by samples.</summary>
    private static bool CanBeShared(Statement statement) => statement switch
    {
        KernelStatement { Occasion: Occasion.Always, Kernel: ContractKernel { Level: Level.Chunk } } => true,
        LoopStatement { OverSamples: true, Condition: null, Learned: null } => true,
        _ => false,
    };
}
