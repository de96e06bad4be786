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
    public static string? Of(NetworkSpec spec, IReadOnlyList<ReadingProgram> programs, LoweredProgram prepare, long weightsLength)
    {
        (string What, long Length)[] memories =
        [
            ("the prepared weights", weightsLength),
            ("the workspace that prepares the weights", prepare.WorkspaceLength),
            .. programs.Select(p => ($"the workspace of {p.Name}", p.Program.WorkspaceLength)),
        ];
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
            code.Line("private const int WeightsLength = 0;");
            code.Line();
            code.Line("private static partial void Prepare(ref float parameters, ref float weights) => throw new NotSupportedException();");
            foreach (ReadingProgram reading in programs)
            {
                code.Line();
                code.Line($"private static partial BatchProgram {reading.Name}Program() => throw new NotSupportedException();");
            }
        }

        return code.ToString();
    }
}
