using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DeepGen.Compiled.Tests.Support;

/// <summary>C# to a loaded assembly, as a project with a reference to DeepGen would be compiled.</summary>
internal static class Compiler
{
    public static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest);

    private static readonly ImmutableArray<MetadataReference> s_references =
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(p => Path.GetFileName(p) is var f && (f.StartsWith("System.", StringComparison.Ordinal) || f is "netstandard.dll" or "DeepGen.Runtime.dll" or "DeepGen.Attributes.dll"))
            .Select(p => (MetadataReference)MetadataReference.CreateFromFile(p))
            .ToImmutableArray();

    private static readonly CSharpCompilationOptions s_options = new(
        OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, optimizationLevel: OptimizationLevel.Release);

    /// <summary>The code of a user's file, without the usings every such file begins with.</summary>
    public static CSharpCompilation Declare(string source, string name = "Declared") =>
        Parse(name, "using DeepGen;\nusing static DeepGen.Ops;\n" + source);

    public static CSharpCompilation Parse(string name, params IEnumerable<string> sources) =>
        CSharpCompilation.Create(name, sources.Select(s => CSharpSyntaxTree.ParseText(s, ParseOptions)), s_references, s_options);

    /// <summary>Describe is called when the code does not compile, for the message.</summary>
    public static Assembly Load(Compilation compilation, Func<string> describe)
    {
        using var image = new MemoryStream();
        string[] errors = compilation.Emit(image).Diagnostics
            .Where(d => d.Severity == DiagnosticSeverity.Error)
            .Take(10)
            .Select(d => d.ToString())
            .ToArray();
        if (errors.Length > 0)
        {
            throw new InvalidOperationException(string.Join("\n", errors) + "\n" + describe());
        }

        image.Position = 0;
        return new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(image);
    }
}
