using DeepGen.Generator.Lower;

namespace DeepGen.Generator.Emit;

/// <content>A share of a step, for threads that go through a chunk step by step.</content>
internal sealed partial class ProgramWriter
{
    private void WriteShare(CodeWriter code, string signature, IEnumerable<string> opening, IReadOnlyList<string> memories)
    {
        code.Line();
        code.Line("/// <summary>A part of a step, of its columns or of its samples, for threads that share the samples' steps.</summary>");
        using (code.Braces($"public static void Share({signature})"))
        {
            code.Lines(opening);
            code.Line("nint from = (nint)count * part / parts;");
            code.Line("nint to = (nint)count * (part + 1) / parts;");
            using (code.Braces("switch (step)"))
            {
                for (int step = 0; step < program.Statements.Count; step++)
                {
                    using (code.Braces($"case {step}:"))
                    {
                        WriteShareOf(code, program.Statements[step], memories);
                        code.Line("break;");
                    }
                }
            }
        }

        (_part, _samples) = (("part", "parts"), ("0", "count"));
    }

    private void WriteShareOf(CodeWriter code, Statement statement, IReadOnlyList<string> memories)
    {
        bool byColumns = statement is KernelStatement { Kernel.IsParted: true };
        _part = ("part", "parts");
        _samples = byColumns ? ("0", "count") : ("from", "to");
        WriteMethod(code, [statement], memories, Loops, statement is KernelStatement && !byColumns ? s_from : null);
    }

    /// <summary>The first sample of a part.</summary>
    private static readonly LoopVariable s_from = new("from");
}
