using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Lower;

/// <summary>
/// Puts the kernels that handle one sample into loops over the chunk's samples, as long a run of them per loop as
/// possible, so that what one sample leaves in the cache the next kernel finds there.
/// </summary>
internal static class SampleLoops
{
    public static List<Statement> Wrap(List<Statement> statements, bool hasSamples)
    {
        int loops = 0;
        if (!hasSamples)
        {
            return statements;
        }

        List<Statement> wrapped = Wrap(statements, ref loops);
        EarlierLoops.Join(wrapped);
        return wrapped;
    }

    /// <summary>What is done for each sample: the bodies of loops over samples, and of the loops in them.</summary>
    public static List<List<Statement>> Bodies(List<Statement> statements, bool isSample = false)
    {
        List<List<Statement>> inner = [.. statements.OfType<LoopStatement>().SelectMany(l => Bodies(l.Body, isSample || l.OverSamples))];
        return isSample ? [statements, .. inner] : inner;
    }

    private static List<Statement> Wrap(List<Statement> statements, ref int loops)
    {
        var wrapped = new List<Statement>();
        LoopStatement? open = null;
        foreach (Statement statement in statements)
        {
            if (!NeedsChunk(statement))
            {
                if (open is null)
                {
                    open = new LoopStatement(new LoopVariable(loops++ == 0 ? "sample" : "sample" + loops), Size.Batch, "", []);
                    wrapped.Add(open);
                }

                open.Body.Add(statement);
                continue;
            }

            open = null;
            wrapped.Add(statement is LoopStatement loop
                ? new LoopStatement(loop.Variable, loop.Count, loop.Comment, Wrap(loop.Body, ref loops))
                : statement);
        }

        return wrapped;
    }

    private static bool NeedsChunk(Statement statement) => statement switch
    {
        KernelStatement kernel => kernel.Kernel.Level == Level.Chunk,
        LoopStatement loop => loop.Body.Any(NeedsChunk),
        _ => false,
    };
}
