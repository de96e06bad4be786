using DeepGen.Generator.Check;
using DeepGen.Generator.Declare;

namespace DeepGen.Generator.Emit;

/// <summary>The file of a class that editors read. Depends on the declaration's meaning alone, so equal specs give equal files.</summary>
internal sealed record NetworkSource(string HintName, string Surface)
{
    /// <summary>The members of a network; of any other class the bodies of its layer methods, so that one mistake is not many errors.</summary>
    public static NetworkSource Of(ClassSpec declared, NetworkSpec? spec)
    {
        Elaboration? elaboration = spec is null ? null : Elaborator.Elaborate(spec);
        string text = elaboration?.Forward is null ? Bodies(declared) : new SurfaceWriter(spec!, elaboration).Write();
        return new NetworkSource(declared.FileName, ImportedNames.WriteOut(text, declared.ShadowedNames));
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
