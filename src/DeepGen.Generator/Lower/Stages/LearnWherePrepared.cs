using DeepGen.Generator.Emit;

namespace DeepGen.Generator.Lower;

/// <summary>
/// Where weights are prepared, their parameters may be changed first: an optimiser and those who prepare read them once. A large parameter
/// goes block by block, if all who read it take the blocks in the same order; a small one whole, if the same thread reads it everywhere.
/// </summary>
internal static class LearnWherePrepared
{
    /// <summary>A block, its gradients and what is prepared of it fit the second cache; one thread changes so many in no time.</summary>
    private const int Largest = 1 << 14;

    /// <summary>Blocks enough for some threads.</summary>
    private const int Some = 8;

    /// <summary>The stages with such places, and the parameters that have one, in their order.</summary>
    public static (IReadOnlyList<LoweredStage> Prepare, IReadOnlyList<Buffer> Learned) Run(IReadOnlyList<LoweredStage> prepare, IEnumerable<Buffer> trainable)
    {
        var changing = new HashSet<Buffer>(trainable);
        ILookup<Buffer, Kernel> readers = prepare.OfType<LoweredWhole>().SelectMany(s => s.Program.Statements).SelectMany(s => s.Kernels)
            .SelectMany(k => Parameters(k).Select(p => (Parameter: p, Kernel: k))).ToLookup(r => r.Parameter, r => r.Kernel);
        var learned = new List<Buffer>();
        List<LoweredStage> stages = prepare.Select(s => s is LoweredWhole whole ? In(whole) : s).ToList();
        return (stages, learned.OrderBy(b => b.Offset).ToList());

        LoweredStage In(LoweredWhole whole)
        {
            List<Statement> statements = whole.InParts
                ? InBlocks(whole.Program.Statements).Select(s => s is LoopStatement { IsOfFirstPart: true } first ? Wholes(first) : s).ToList()
                : InOneGo(whole.Program.Statements);
            return whole with { Program = whole.Program with { Statements = statements } };
        }

        LoopStatement Wholes(LoopStatement first) => new(first.Variable, first.Count, first.Comment, InOneGo(first.Body)) { IsOfFirstPart = true };

        List<Statement> InOneGo(IReadOnlyList<Statement> statements)
        {
            var all = new List<Statement>();
            List<Kernel> kernels = statements.OfType<KernelStatement>().Select(s => s.Kernel).ToList();
            foreach (Statement statement in statements)
            {
                foreach (Buffer parameter in statement is KernelStatement { Kernel: var kernel } ? Parameters(kernel) : [])
                {
                    if (parameter is { Length: > 0 and <= Largest, IsOfStack: false } && changing.Contains(parameter) && !learned.Contains(parameter) && readers[parameter].All(kernels.Contains))
                    {
                        learned.Add(parameter);
                        all.Add(Learn(parameter, 1, []));
                    }
                }

                all.Add(statement);
            }

            return all;
        }

        List<Statement> InBlocks(IReadOnlyList<Statement> statements)
        {
            var rest = statements.ToList();
            foreach (IGrouping<Buffer, KernelStatement> group in statements.OfType<KernelStatement>()
                .Where(s => s.Kernel is NestKernel { IsParted: true } && Parameters(s.Kernel).Count == 1).GroupBy(s => Parameters(s.Kernel)[0]).ToList())
            {
                int blocks = changing.Contains(group.Key) && group.Count() == readers[group.Key].Count() ? Number(group.Key, group.Select(s => Parts((NestKernel)s.Kernel, group.Key))) : 1;
                if (blocks > 1)
                {
                    learned.Add(group.Key);
                    rest[rest.IndexOf(group.First())] = Learn(group.Key, blocks, [.. group]);
                    rest.RemoveAll(s => group.Contains(s));
                }
            }

            return rest;
        }
    }

    private static LoopStatement Learn(Buffer parameter, int blocks, List<Statement> body) => new(new LoopVariable("block"), blocks, "", body) { Learned = parameter };

    private static List<Buffer> Parameters(Kernel kernel) => kernel.Reads.Select(v => v.Buffer).Where(b => b.Memory == Memory.Parameters).Distinct().ToList();

    /// <summary>As few blocks as are small enough, and some: of a number that cuts every reader's loops at the same places.</summary>
    private static int Number(Buffer parameter, IEnumerable<int> parts)
    {
        int most = parts.Aggregate(GreatestCommonDivisor);
        int wanted = Math.Max(Some, (int)((parameter.Length + Largest - 1) / Largest));
        return Enumerable.Range(1, most).First(n => most % n == 0 && (n >= wanted || n == most));
    }

    /// <summary>Into how many parts that follow one another in the parameter the kernel can be cut: 1 if it goes through it in another order.</summary>
    private static int Parts(NestKernel kernel, Buffer parameter)
    {
        int parts = PartsOf(kernel, parameter);
        return kernel.WhereNarrow is { } narrow ? GreatestCommonDivisor(parts, PartsOf(narrow, parameter)) : parts;
    }

    private static int PartsOf(NestKernel kernel, Buffer parameter)
    {
        List<View> views = kernel.Reads.Where(v => v.Buffer == parameter).Distinct().ToList();
        if (views.Count != 1 || views[0] is not { Offset: 0, Terms.IsEmpty: true } view)
        {
            return 1;
        }

        if (NestWriter.CopiedRun(kernel) is > 0 and var copied)
        {
            return copied == parameter.Length && copied % Lanes.Count == 0 ? copied / Lanes.Count : 1;
        }

        NestAxis? parted = NestWriter.PartedAxis(kernel);
        NestLoops loops = NestLoops.Plan(kernel);
        long within = loops.Axes.Concat(loops.ReduceAxes).Where(a => a.Innermost != parted?.Innermost).Sum(a => (a.Extent - 1) * Math.Abs(a.Stride(view)));
        return parted is not null && parted.Stride(view) is > 0 and var stride && within < stride && stride * parted.Extent == parameter.Length ? parted.Extent : 1;
    }

    private static int GreatestCommonDivisor(int a, int b) => b == 0 ? a : GreatestCommonDivisor(b, a % b);
}
