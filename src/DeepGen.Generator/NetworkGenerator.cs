using System.Text;
using DeepGen.Generator.Declare;
using DeepGen.Generator.Emit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace DeepGen.Generator;

/// <summary>
/// Declared classes become code. Declare alone sees symbols; what it returns is compared by value, so nothing below runs
/// again unless a declaration's meaning changed. Diagnostics are the analyzers' business.
/// </summary>
[Generator(LanguageNames.CSharp)]
internal sealed class NetworkGenerator : IIncrementalGenerator
{
    internal const string DeclareStep = "Declare";
    internal const string CompileStep = "Compile";

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        RegisterSources(context, "DeepGen.NetworkAttribute", NetworkDeclaration.Declare);
        RegisterSources(context, "DeepGen.BlockAttribute", BlockDeclaration.Declare);
    }

    private static void RegisterSources(
        IncrementalGeneratorInitializationContext context,
        string attribute,
        Func<GeneratorAttributeSyntaxContext, CancellationToken, Declaration> declare)
    {
        IncrementalValuesProvider<NetworkSource> sources = context.SyntaxProvider
            .ForAttributeWithMetadataName(attribute, (_, _) => true, (c, cancellation) => Meaning(declare(c, cancellation)))
            .Where(meaning => meaning.Class is not null)
            .WithTrackingName(DeclareStep)
            .Select((meaning, _) => NetworkSource.Of(meaning.Class!, meaning.Spec))
            .WithTrackingName(CompileStep);

        IncrementalValueProvider<bool> dump = context.AnalyzerConfigOptionsProvider.Select(
            (options, _) => options.GlobalOptions.TryGetValue("build_property.DeepGenDumpIr", out string? value)
                && string.Equals(value, "true", StringComparison.OrdinalIgnoreCase));

        context.RegisterSourceOutput(sources, (output, source) => Add(output, source.HintName + ".g.cs", source.Surface));
        context.RegisterImplementationSourceOutput(sources, (output, source) => Add(output, source.HintName + ".Kernels.g.cs", source.Kernels));
        context.RegisterImplementationSourceOutput(sources.Combine(dump), (output, pair) =>
            Add(output, pair.Left.HintName + ".Ir.g.cs", pair.Right ? pair.Left.Dump : null));
    }

    private static (ClassSpec? Class, NetworkSpec? Spec) Meaning(Declaration declaration) => (declaration.Class, declaration.Spec);

    private static void Add(SourceProductionContext output, string hintName, string? text)
    {
        if (text is not null)
        {
            output.AddSource(hintName, SourceText.From(text, Encoding.UTF8));
        }
    }
}
