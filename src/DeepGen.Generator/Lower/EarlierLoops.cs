namespace DeepGen.Generator.Lower;

/// <summary>
/// A kernel in a later loop over samples whose operands were computed in an earlier one joins that loop, if a larger value then
/// need not be kept for all samples of the chunk: the place of a maximum is found while the image is in the cache, a loss while
/// its softmax is in registers.
/// </summary>
internal static class EarlierLoops
{
    public static void Join(List<Statement> statements)
    {
        for (int from = 1; from < statements.Count; from++)
        {
            if (statements[from] is not LoopStatement { OverSamples: true } loop)
            {
                continue;
            }

            foreach (KernelStatement kernel in loop.Body.OfType<KernelStatement>().ToList())
            {
                if (Home(statements, from, kernel.Kernel) is { } home)
                {
                    loop.Body.Remove(kernel);
                    home.Body.Add(kernel);
                }
            }
        }

        statements.RemoveAll(s => s is LoopStatement { OverSamples: true, Body.Count: 0 });
    }

    private static LoopStatement? Home(List<Statement> statements, int from, Kernel kernel)
    {
        Buffer target = kernel.Target.Buffer;
        if (kernel is not NestKernel || target.Memory is not (Memory.Workspace or Memory.Kept or Memory.Output) || Writers(statements, target).Count > 1)
        {
            return null;
        }

        List<Buffer> read = kernel.Reads.Select(v => v.Buffer).Distinct().ToList();
        int last = read.SelectMany(b => Writers(statements, b)).DefaultIfEmpty(-1).Max();
        if (last < 0 || last >= from || statements[last] is not LoopStatement { OverSamples: true } home)
        {
            return null;
        }

        long freed = read.Where(b => b.Memory == Memory.Workspace && Home(statements, b, except: kernel) == last).Sum(b => b.Length);
        return freed > (target.Memory == Memory.Workspace ? target.Length : 0) ? home : null;
    }

    /// <summary>The only statement whose kernels use a buffer, one kernel left out; −1 if there are several.</summary>
    private static int Home(List<Statement> statements, Buffer buffer, Kernel except)
    {
        List<int> users = Where(statements, k => k != except && k.Views.Any(v => v.Buffer == buffer));
        return users.Count == 1 ? users[0] : -1;
    }

    private static List<int> Writers(List<Statement> statements, Buffer buffer) => Where(statements, k => k.Target.Buffer == buffer);

    private static List<int> Where(List<Statement> statements, Func<Kernel, bool> isMeant) =>
        Enumerable.Range(0, statements.Count).Where(i => statements[i].Kernels.Any(isMeant)).ToList();
}
