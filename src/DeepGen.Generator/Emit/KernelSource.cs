using DeepGen.Generator.Check;
using DeepGen.Generator.Declare;

namespace DeepGen.Generator.Emit;

/// <summary>The files of a network that only a build needs: the costly part. All are null where there is no sound network.</summary>
internal sealed record KernelSource(string HintName, string? Kernels, string? Training, string? Dump)
{
    /// <param name="withDump">Whether to write the stages of the compilation as well.</param>
    public static KernelSource Of(ClassSpec declared, NetworkSpec? spec, bool withDump)
    {
        string hint = declared.FileName;
        Elaboration? elaboration = spec is null ? null : Elaborator.Elaborate(spec);
        if (elaboration?.Forward is null)
        {
            return new KernelSource(hint, null, null, null);
        }

        DumpWriter? dump = withDump ? new DumpWriter() : null;
        string kernels = ImportedNames.WriteOut(NetworkCompiler.Compile(spec!, elaboration, dump), declared.ShadowedNames);
        string? training = elaboration.Training is null ? null : ImportedNames.WriteOut(TrainingCompiler.Compile(spec!, elaboration, elaboration.Training, dump), declared.ShadowedNames);
        return new KernelSource(hint, kernels, training, dump is null ? null : Comment(dump.ToString()));
    }

    /// <summary>Generated files are C#; what is not code goes there as comments.</summary>
    private static string Comment(string text) =>
        string.Concat(text.TrimEnd().Split('\n').Select(l => l.Length == 0 ? "//\n" : "// " + l + "\n"));
}
