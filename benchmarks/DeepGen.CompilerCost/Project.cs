extern alias Attributes;
extern alias Runtime;

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DeepGen.CompilerCost;

/// <summary>A user's project of two files, in memory: the network, and something that has nothing to do with it.</summary>
internal static class Project
{
    public static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest);

    private const string Usings = "global using DeepGen;";

    private static readonly ImmutableArray<MetadataReference> s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(p => Path.GetFileName(p) is var f && (f.StartsWith("System.", StringComparison.Ordinal) || f == "netstandard.dll"))
            .Select(p => MetadataReference.CreateFromFile(p)),
        MetadataReference.CreateFromFile(typeof(Runtime::DeepGen.Trainer).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(Attributes::DeepGen.NetworkAttribute).Assembly.Location),
    ];

    /// <summary>Parsed anew, so that no work of an earlier run is found again.</summary>
    public static CSharpCompilation Create(string network) => CSharpCompilation.Create(
        "Declared",
        [Parse(Usings, "Usings.cs"), Parse(network, "Network.cs"), Other(0)],
        s_references,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));

    public static CSharpCompilation WithNetwork(this CSharpCompilation project, string network) =>
        project.ReplaceSyntaxTree(project.SyntaxTrees[1], Parse(network, "Network.cs"));

    public static CSharpCompilation WithOther(this CSharpCompilation project, int number) =>
        project.ReplaceSyntaxTree(project.SyntaxTrees[2], Other(number));

    private static SyntaxTree Other(int number) => Parse($"public static class Other {{ public static int Number => {number}; }}", "Other.cs");

    private static SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(text, ParseOptions, path);
}
