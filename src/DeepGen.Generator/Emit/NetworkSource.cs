using DeepGen.Generator.Check;
using DeepGen.Generator.Declare;

namespace DeepGen.Generator.Emit;

/// <summary>The files of one declared class. Depends on the declaration's meaning alone, so equal specs give equal files.</summary>
internal sealed record NetworkSource(string HintName, string Surface, string? Kernels, string? Dump)
{
    /// <summary>A network without findings is compiled; any other class gets the bodies of its layer methods, so that it is no source of further errors.</summary>
    public static NetworkSource Of(ClassSpec declared, NetworkSpec? spec)
    {
        string hint = declared.Namespace.Length == 0 ? declared.Name : declared.Namespace + "." + declared.Name;
        Elaboration? elaboration = spec is null ? null : Elaborator.Elaborate(spec);
        if (elaboration?.Forward is null)
        {
            return new NetworkSource(hint, Bodies(declared), null, null);
        }

        CompiledNetwork network = NetworkCompiler.Compile(spec!, elaboration);
        return new NetworkSource(hint, network.Surface, network.Kernels, string.Concat(network.Dump.Split('\n').Select(l => l.Length == 0 ? "//\n" : "// " + l + "\n")));
    }

    private static string Bodies(ClassSpec declared)
    {
        var code = new CodeWriter();
        SourceFrame.Open(code, declared.Namespace, declared.Name, []);
        using (SourceFrame.Namespace(code, declared.Namespace))
        using (code.Braces("partial class " + declared.Name))
        {
            LayerMethods.Write(code, declared.LayerMethods, declared.Name);
        }

        return code.ToString();
    }
}
