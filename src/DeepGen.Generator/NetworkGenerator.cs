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
    internal const string SurfaceStep = "Surface";
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
        IncrementalValueProvider<bool> withDump = context.AnalyzerConfigOptionsProvider.Select(
            (options, _) => options.GlobalOptions.TryGetValue("build_property.DeepGenDumpIr", out string? value)
                && string.Equals(value, "true", StringComparison.OrdinalIgnoreCase));

        IncrementalValuesProvider<(ClassSpec? Class, NetworkSpec? Spec)> meanings = context.SyntaxProvider
            .ForAttributeWithMetadataName(attribute, (_, _) => true, (c, cancellation) => Meaning(declare(c, cancellation)))
            .Where(meaning => meaning.Class is not null)
            .WithTrackingName(DeclareStep);

        IncrementalValuesProvider<NetworkSource> surfaces = meanings
            .Select((meaning, _) => NetworkSource.Of(meaning.Class!, meaning.Spec))
            .WithTrackingName(SurfaceStep);

        IncrementalValuesProvider<KernelSource> kernels = meanings
            .Combine(withDump)
            .Select((pair, _) => KernelSource.Of(pair.Left.Class!, pair.Left.Spec, pair.Right))
            .WithTrackingName(CompileStep);

        context.RegisterSourceOutput(surfaces, (output, source) => Add(output, source.HintName + ".g.cs", source.Surface));
        context.RegisterImplementationSourceOutput(kernels, (output, source) =>
        {
            Add(output, source.HintName + ".Kernels.g.cs", source.Kernels);
            Add(output, source.HintName + ".Training.g.cs", source.Training);
            Add(output, source.HintName + ".Ir.g.cs", source.Dump);
        });
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
