extern alias Attributes;

using System.Collections.Immutable;
using DeepGen.Generator.Declare;
using DeepGen.Generator.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DeepGen.Generator.Tests;

/// <summary>A user's project of one or more files, in memory, before the generator has added anything.</summary>
internal sealed class UserProgram(params string[] files)
{
    private const string Usings = """
        global using System;
        global using DeepGen;
        global using static DeepGen.Ops;
        """;

    // The bodies of partial methods are the generator's to write.
    private static readonly ImmutableHashSet<string> Expected = ["CS8795"];

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(p => Path.GetFileName(p) is "System.Private.CoreLib.dll" or "System.Runtime.dll" or "netstandard.dll")
            .Select(p => MetadataReference.CreateFromFile(p)),
        MetadataReference.CreateFromFile(typeof(Attributes::DeepGen.NetworkAttribute).Assembly.Location),
    ];

    public static ImmutableArray<MetadataReference> Platform => References;

    public CSharpCompilation Compilation { get; } = Compile("App", References, files);

    public static CSharpCompilation Compile(string name, IEnumerable<MetadataReference> references, params string[] files) =>
        CSharpCompilation.Create(
            name,
            files.Select((f, i) => Parse(f, $"File{i}.cs")).Prepend(Parse(Usings, "Usings.cs")),
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));

    public static SyntaxTree Parse(string text, string path) =>
        CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Latest), path);

    /// <summary>The errors of the C# compiler itself, but for those the generator will mend.</summary>
    public IEnumerable<string> Errors => Compilation.GetDiagnostics()
        .Where(d => d.Severity == DiagnosticSeverity.Error && !Expected.Contains(d.Id))
        .Select(d => d.ToString());

    public Declaration Declare(string type)
    {
        INamedTypeSymbol symbol = Compilation.GetTypeByMetadataName(type)!;
        return KnownTypes.IsNetwork(symbol)
            ? NetworkDeclaration.Declare(symbol, Compilation, default)
            : BlockDeclaration.Declare(symbol, Compilation, default);
    }

    public NetworkSpec Spec(string type)
    {
        Assert.Empty(Errors);
        Declaration declaration = Declare(type);
        Assert.Empty(declaration.Findings);
        return declaration.Spec ?? throw new InvalidOperationException($"{type} has no spec, and nothing says why.");
    }

    /// <summary>What our analyzers report, in source order.</summary>
    public ImmutableArray<Diagnostic> Diagnose() => Diagnose(Compilation);

    public static ImmutableArray<Diagnostic> Diagnose(Compilation compilation)
    {
        ImmutableArray<DiagnosticAnalyzer> analyzers = [new NetworkAnalyzer(), new LayerCallAnalyzer()];
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]),
            onAnalyzerException: (exception, _, _) => throw exception,
            concurrentAnalysis: false,
            logAnalyzerExecutionTime: false,
            reportSuppressedDiagnostics: false,
            analyzerExceptionFilter: null);
        return
        [
            .. compilation.WithAnalyzers(analyzers, options).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult()
                .OrderBy(d => d.Location.SourceTree?.FilePath, StringComparer.Ordinal)
                .ThenBy(d => d.Location.SourceSpan.Start)
                .ThenBy(d => d.Id, StringComparer.Ordinal),
        ];
    }
}
