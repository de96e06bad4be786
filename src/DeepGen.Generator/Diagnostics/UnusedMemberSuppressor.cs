using System.Collections.Immutable;
using DeepGen.Generator.Declare;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace DeepGen.Generator.Diagnostics;

/// <summary>
/// Forward and the layer methods are read by the compiler and never run, so other analyzers take them for unused, for
/// methods that could be static, and a block for a class nobody creates. Here they are told otherwise.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
internal sealed class UnusedMemberSuppressor : DiagnosticSuppressor
{
    private const string Why = "DeepGen reads this member while compiling";

    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } = ImmutableArray.Create(
        new SuppressionDescriptor("DGS0001", "IDE0051", Why),
        new SuppressionDescriptor("DGS0002", "IDE0052", Why),
        new SuppressionDescriptor("DGS0003", "IDE0060", Why),
        new SuppressionDescriptor("DGS0004", "CA1801", Why),
        new SuppressionDescriptor("DGS0005", "CA1811", Why),
        new SuppressionDescriptor("DGS0006", "CA1812", Why),
        new SuppressionDescriptor("DGS0007", "CA1822", Why));

    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        foreach (Diagnostic diagnostic in context.ReportedDiagnostics)
        {
            SuppressionDescriptor? suppression = SupportedSuppressions.FirstOrDefault(s => s.SuppressedDiagnosticId == diagnostic.Id);
            if (suppression is not null && diagnostic.Location.SourceTree is { } tree && IsRead(diagnostic, tree, context))
            {
                context.ReportSuppression(Suppression.Create(suppression, diagnostic));
            }
        }
    }

    private static bool IsRead(Diagnostic diagnostic, SyntaxTree tree, SuppressionAnalysisContext context)
    {
        SyntaxNode node = tree.GetRoot(context.CancellationToken).FindNode(diagnostic.Location.SourceSpan);
        SyntaxNode? declaration = node.FirstAncestorOrSelf<MemberDeclarationSyntax>();
        return declaration is not null
            && context.GetSemanticModel(tree).GetDeclaredSymbol(declaration, context.CancellationToken) switch
            {
                INamedTypeSymbol type => IsModule(type),
                IMethodSymbol method => IsModule(method.ContainingType) && IsReadByDeclare(method),
                _ => false,
            };
    }

    private static bool IsModule(INamedTypeSymbol type) => KnownTypes.IsNetwork(type) || KnownTypes.IsBlock(type);

    private static bool IsReadByDeclare(IMethodSymbol method) =>
        method.Name == "Forward"
        || KnownTypes.IsLayerMethod(method.PartialDefinitionPart ?? method)
        || method.Parameters.Any(p => KnownTypes.IsTensor(p.Type));
}
