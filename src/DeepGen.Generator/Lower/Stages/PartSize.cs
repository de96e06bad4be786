namespace DeepGen.Generator.Lower;

/// <summary>
/// Of how many samples a part of a batch should consist, if there may be more parts than threads: who is slow then does fewer of them. A part costs a hand-over,
/// the area in which its sums grow, which is cleared and added to the others, and a pass over the weights of products that many samples share.
/// </summary>
internal static class PartSize
{
    /// <summary>Multiply-adds that take some microseconds: with fewer, a part is handed over in no less than it takes.</summary>
    public const long WorthHandingOver = 1 << 18;

    /// <summary>Multiply-adds beside which a sum that is cleared, kept and added up does not count.</summary>
    private const long WorthASum = 512;

    /// <summary>Rows of a shared product beyond which a pass over its weights does not count, and what comes with it for each step of a sequence.</summary>
    private const long EnoughRows = 32;

    /// <summary>The same of a product through lists, which copies its weights; if that is no small part of the work.</summary>
    private const long EnoughListedRows = 128;
    private const long SmallPart = 8;

    /// <summary>More than any batch has.</summary>
    private const long Largest = 1 << 30;

    public static long Of(LoweredProgram program, long sumsLength)
    {
        long work = Math.Max(1, SharedKernels.WorkPerSample(program));
        long shared = SharedKernels.WorkPerSample(program, k => k.Level == Level.Chunk);
        long listed = SharedKernels.WorkPerSample(program, k => k is ContractKernel { SkipsInRows: true });
        return Math.Min(Largest, new[]
        {
            1,
            RoundUp(WorthHandingOver, work),
            RoundUp(WorthASum * sumsLength, work),
            RoundUp(EnoughRows * shared, work),
            SmallPart * listed > work ? EnoughListedRows : 1,
        }.Max());
    }

    private static long RoundUp(long whole, long part) => (whole + part - 1) / part;
}
