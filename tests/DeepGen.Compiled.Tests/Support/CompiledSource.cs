using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using DeepGen.Generator;
using DeepGen.Generator.Check;
using DeepGen.Generator.Declare;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DeepGen.Compiled.Tests.Support;

/// <summary>A declaration compiled as a user's project would compile it, and loaded.</summary>
internal sealed class CompiledSource
{
    private static readonly ImmutableArray<MetadataReference> s_references =
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(p => Path.GetFileName(p) is var f && (f.StartsWith("System.", StringComparison.Ordinal) || f is "netstandard.dll" or "DeepGen.Runtime.dll" or "DeepGen.Attributes.dll"))
            .Select(p => (MetadataReference)MetadataReference.CreateFromFile(p))
            .ToImmutableArray();

    private CompiledSource(Assembly assembly, Compilation declared, IReadOnlyDictionary<string, string> generated)
    {
        Assembly = assembly;
        Declared = declared;
        Generated = generated;
    }

    public Assembly Assembly { get; }

    /// <summary>The user's code alone.</summary>
    public Compilation Declared { get; }

    public IReadOnlyDictionary<string, string> Generated { get; }

    public static CSharpCompilation Parse(string source, string name = "Declared") => CSharpCompilation.Create(
        name,
        [CSharpSyntaxTree.ParseText("using DeepGen;\nusing static DeepGen.Ops;\n" + source, new CSharpParseOptions(LanguageVersion.Latest))],
        s_references,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, optimizationLevel: OptimizationLevel.Release));

    public static CompiledSource Load(string source)
    {
        CSharpCompilation declared = Parse(source);
        GeneratorDriver driver = CSharpGeneratorDriver.Create(new NetworkGenerator()).WithUpdatedParseOptions(new CSharpParseOptions(LanguageVersion.Latest));
        driver = driver.RunGeneratorsAndUpdateCompilation(declared, out Compilation whole, out ImmutableArray<Diagnostic> diagnostics);
        Dictionary<string, string> generated = driver.GetRunResult().Results.Single().GeneratedSources.ToDictionary(g => g.HintName, g => g.SourceText.ToString());

        using var image = new MemoryStream();
        var emitted = whole.Emit(image);
        Diagnostic[] errors = emitted.Diagnostics.Concat(diagnostics).Where(d => d.Severity == DiagnosticSeverity.Error || d.Id == "CS8785").ToArray();
        if (errors.Length > 0)
        {
            throw new InvalidOperationException(string.Join("\n", errors.Take(10).Select(e => e.ToString())) + "\n" + source + "\n" + string.Join("\n", generated.Values));
        }

        image.Position = 0;
        return new CompiledSource(new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(image), declared, generated);
    }

    public INetwork Create(string name, ulong seed) => (INetwork)Activator.CreateInstance(Assembly.GetType(name)!, seed)!;

    public NetworkSpec Spec(string name) =>
        NetworkDeclaration.Declare(Declared.GetTypeByMetadataName(name)!, Declared, default).Spec
        ?? throw new InvalidOperationException($"{name} is not a sound declaration.");

    public Elaboration Elaborate(string name) => Elaborator.Elaborate(Spec(name));
}
