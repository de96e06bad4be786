using System.Collections.Immutable;
using DeepGen.Generator.Declare;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace DeepGen.Generator.Diagnostics;

/// <summary>
/// Layers where they mean nothing: a layer method or an operation called by code that runs (its body can only throw), and
/// attributes on classes that are no network.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class LayerCallAnalyzer : DiagnosticAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } =
        ImmutableArray.Create(Descriptors.Of("DG0013"), Descriptors.Of("DG0025"));

    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterOperationAction(AnalyzeCall, OperationKind.Invocation);
        context.RegisterSymbolAction(AnalyzeType, SymbolKind.NamedType);
        context.RegisterSymbolAction(AnalyzeMethod, SymbolKind.Method);
    }

    private static void AnalyzeCall(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        IMethodSymbol method = call.TargetMethod.PartialDefinitionPart ?? call.TargetMethod;
        if (KnownTypes.Tensors(method.ReturnType) > 0
            && (KnownTypes.IsOps(method.ContainingType) || KnownTypes.IsLayerMethod(method))
            && !IsPartOfForward(context.ContainingSymbol))
        {
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.Of("DG0013"), call.Syntax.GetLocation(), method.Name));
        }
    }

    /// <summary>Only Forward makes tensors, so a method that is given one can only work for it.</summary>
    private static bool IsPartOfForward(ISymbol symbol) =>
        symbol is IMethodSymbol method && (method.Name == "Forward" || method.Parameters.Any(p => KnownTypes.IsTensor(p.Type)));

    private static void AnalyzeType(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        ImmutableArray<AttributeData> attributes = type.GetAttributes();
        bool isNetwork = KnownTypes.IsNetwork(type);
        bool isBlock = KnownTypes.IsBlock(type);
        if (!isNetwork && !isBlock)
        {
            Report(context, attributes.FirstOrDefault(a => BelongsToNetwork(a)), $"'{type.Name}' is neither a [Network] nor a [Block]");
        }
        else if (isBlock && !isNetwork)
        {
            Report(context, attributes.FirstOrDefault(KnownTypes.IsReading), "a reading is asked for on the network, not on its blocks");
            Report(context, KnownTypes.Find(type, "InputAttribute"), "a block takes its input as it comes");
            Report(context, KnownTypes.Find(type, "InitializeAttribute"), "how weights begin is said on the network, not on its blocks");
            Report(context, KnownTypes.Find(type, "ConvolutionsAttribute"), "what holds for all convolutions is said on the network, not on its blocks");
            Report(context, KnownTypes.Find(type, "WeightsAttribute"), "how weights are stored is said on the network, not on its blocks");
        }
        else if (!type.GetMembers("Forward").IsEmpty)
        {
            Report(context, KnownTypes.Find(type, "InputAttribute"), "the inputs of a network with Forward are its parameters");
        }
    }

    private static void AnalyzeMethod(SymbolAnalysisContext context)
    {
        var method = (IMethodSymbol)context.Symbol;
        INamedTypeSymbol type = method.ContainingType;
        if (method.PartialDefinitionPart is null && !KnownTypes.IsNetwork(type) && !KnownTypes.IsBlock(type))
        {
            Report(context, method.GetAttributes().FirstOrDefault(KnownTypes.IsLayer), $"'{type.Name}' is neither a [Network] nor a [Block]");
        }
    }

    private static bool BelongsToNetwork(AttributeData attribute) =>
        KnownTypes.IsLayer(attribute)
        || KnownTypes.IsReading(attribute)
        || KnownTypes.Is(attribute.AttributeClass, "InputAttribute")
        || KnownTypes.Is(attribute.AttributeClass, "InitializeAttribute")
        || KnownTypes.Is(attribute.AttributeClass, "ConvolutionsAttribute")
        || KnownTypes.Is(attribute.AttributeClass, "WeightsAttribute")
        || KnownTypes.Is(attribute.AttributeClass, "ResidualAttribute");

    private static void Report(SymbolAnalysisContext context, AttributeData? attribute, string reason)
    {
        if (attribute?.ApplicationSyntaxReference is { } reference)
        {
            Location location = Location.Create(reference.SyntaxTree, reference.Span);
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.Of("DG0025"), location, KnownTypes.Kind(attribute), reason));
        }
    }
}
