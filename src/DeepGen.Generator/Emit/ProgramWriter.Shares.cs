using DeepGen.Generator.Lower;

namespace DeepGen.Generator.Emit;

/// <content>A part of a step, for threads that go through a chunk step by step.</content>
internal sealed partial class ProgramWriter
{
    /// <summary>The first sample of a part.</summary>
    private static readonly LoopVariable s_from = new("from");

    private void WriteShare(CodeWriter code, IEnumerable<string> opening, IReadOnlyList<string> memories)
    {
        code.Line();
        code.Line("/// <summary>A part of a step, of its columns or of its samples, for threads that share the samples' steps.</summary>");
        IEnumerable<string> parameters = memories.Prepend(Source).Concat(["int first", "int count", "int step", "int part", "int parts"]);
        using (code.Braces($"public static void Share({string.Join(", ", parameters)})"))
        {
            code.Lines(opening);
            using (code.Braces("switch (step)"))
            {
                for (int step = 0; step < program.Statements.Count; step++)
                {
                    using (code.Braces($"case {step}:"))
                    {
                        WritePart(code, program.Statements[step], memories);
                        code.Line("break;");
                    }
                }
            }
        }
    }

    private void WritePart(CodeWriter code, Statement statement, IReadOnlyList<string> memories)
    {
        _part = ("part", "parts");
        if (statement is KernelStatement { Kernel.IsParted: true })
        {
            WriteMethod(code, [statement], memories, Loops, null);
            return;
        }

        (string first, string end) = PartText.Range("0", "count");
        code.Line($"nint from = {first};");
        code.Line($"nint to = {end};");
        _samples = ("from", "to");
        WriteMethod(code, [statement], memories, Loops, statement is KernelStatement ? s_from : null);
        _samples = ("0", "count");
    }
}
