using DeepGen.Generator.Declare;
using DeepGen.Generator.Lower;

namespace DeepGen.Generator.Emit;

/// <summary>
/// In place of kernels whose memory no array can hold: an error that says so. Only lowering knows the sizes, so no analyzer
/// could say it earlier.
/// </summary>
internal static class TooLargeSource
{
    private const long LongestArray = 0x7FFFFFC7 - (2 * Lanes.Count);

    /// <summary>Null if everything fits.</summary>
    public static string? Of(NetworkSpec spec, IReadOnlyList<ReadingProgram> programs, IReadOnlyList<StagedReading> staged, LoweredProgram prepare, long weightsLength)
    {
        (string What, long Length)[] memories =
        [
            ("the prepared weights", weightsLength),
            ("the workspace that prepares the weights", prepare.WorkspaceLength),
            .. programs.Select(p => ($"the workspace of {p.Name}", p.Program.WorkspaceLength)),
            .. staged.Select(p => ($"what {p.Name} keeps of one sample", p.Program.Memory.KeptLength)),
            .. staged.SelectMany(p => Workspaces(p.Program.Step).Select(l => ($"a workspace of {p.Name}", l))),
        ];
        return Of(spec, memories, code =>
        {
            code.Line("private const int WeightsLength = 0;");
            code.Line();
            code.Line("private static partial void Prepare(ref float parameters, ref float weights) => throw new NotSupportedException();");
            foreach (ReadingProgram reading in programs)
            {
                code.Line();
                code.Line($"private static partial BatchProgram {reading.Name}Program() => throw new NotSupportedException();");
            }

            foreach (StagedReading reading in staged)
            {
                code.Line();
                code.Line($"private static partial StagedProgram {reading.Name}Program() => throw new NotSupportedException();");
            }
        });
    }

    /// <summary>The same for a training step. What it keeps of samples grows with the batch: one sample must fit.</summary>
    public static string? Of(NetworkSpec spec, StagedProgram program)
    {
        (string, long)[] memories =
        [
            ("the weights prepared for training", program.WeightsLength),
            ("what training keeps of one sample", program.Memory.KeptLength),
            ("what training keeps of a batch", program.Memory.ValuesLength),
            .. Workspaces(program.Prepare.Concat(program.Step)).Select(l => ("a workspace of training", l)),
        ];
        return Of(spec, memories, code => code.Line("private static partial TrainingProgram TrainProgram() => throw new NotSupportedException();"));
    }

    private static IEnumerable<long> Workspaces(IEnumerable<LoweredStage> stages) => stages.SelectMany(s => s switch
    {
        LoweredSamples samples => [samples.Program.WorkspaceLength],
        LoweredWhole whole => [whole.Program.WorkspaceLength],
        LoweredLoop loop => Workspaces(loop.Body),
        _ => Enumerable.Empty<long>(),
    });

    private static string? Of(NetworkSpec spec, (string What, long Length)[] memories, Action<CodeWriter> write)
    {
        (string what, long length) = memories.OrderByDescending(m => m.Length).First();
        if (length <= LongestArray)
        {
            return null;
        }

        string sentence = $"Too large: {what} of '{spec.Name}' comes to {NumberText.Of(length)} values, more than an array holds";
        var code = new CodeWriter();
        SourceFrame.Open(code, spec.Namespace, spec.Name, []);
        code.Line("#error DG0024: " + sentence);
        using (SourceFrame.Namespace(code, spec.Namespace))
        using (code.Braces("partial class " + spec.Name))
        {
            write(code);
        }

        return code.ToString();
    }
}
