using System.Collections.Concurrent;
using System.Collections.Immutable;
using DeepGen.Generator.Check;
using DeepGen.Generator.Declare;
using DeepGen.Generator.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DeepGen.Generator.Diagnostics;

/// <summary>
/// Says what is wrong with a declaration, at the very syntax: the form of the class and its Forward method, then the shapes.
/// The generator itself reports nothing.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class NetworkAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => Descriptors.All;

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (start.Compilation.GetTypeByMetadataName(KnownTypes.Network) is not null)
            {
                // Two networks that use one block would report its mistake twice.
                var reported = new ConcurrentDictionary<(string, Place, EquatableArray<string>), bool>();
                start.RegisterSymbolAction(symbol => Analyze(symbol, reported), SymbolKind.NamedType);
            }
        });
    }

    private static void Analyze(
        SymbolAnalysisContext context, ConcurrentDictionary<(string, Place, EquatableArray<string>), bool> reported)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        bool isNetwork = KnownTypes.IsNetwork(type);
        if (!isNetwork && !KnownTypes.IsBlock(type))
        {
            return;
        }

        Declaration declaration = isNetwork
            ? NetworkDeclaration.Declare(type, context.Compilation, context.CancellationToken)
            : BlockDeclaration.Declare(type, context.Compilation, context.CancellationToken);
        foreach (DeclareFinding finding in declaration.Findings)
        {
            Report(finding.Id, finding.Place, finding.Arguments);
        }

        if (declaration.Spec is { } spec)
        {
            Place fallback = declaration.Places.Find(spec.Module.TypeName) ?? default;
            foreach (Finding finding in Elaborator.Elaborate(spec).Findings)
            {
                Report(finding.Id, declaration.Places.Find(finding.Place) ?? fallback, finding.Arguments);
            }
        }

        void Report(string id, Place place, EquatableArray<string> arguments)
        {
            if (reported.TryAdd((id, place, arguments), true))
            {
                object[] words = arguments.Items.ToArray<object>();
                context.ReportDiagnostic(Diagnostic.Create(Descriptors.Of(id), place.In(context.Compilation), words));
            }
        }
    }
}
