using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DeepGen.CodeFixes;

/// <summary>
/// DG0004: the attributes of the squiggled declaration move below those of the first one. Offered where both stand in one
/// file, so that their order is the order of reading.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
internal sealed class GatherLayersFix() : SyntaxFix("DG0004")
{
    protected override (string Title, SyntaxNode? Root) Rewrite(SyntaxNode root, SyntaxNode node, SemanticModel model)
    {
        const string Title = "Move the layers to the first declaration";
        if (node.FirstAncestorOrSelf<ClassDeclarationSyntax>() is not { } second || model.GetDeclaredSymbol(second) is not { } type)
        {
            return (Title, null);
        }

        ClassDeclarationSyntax? first = type.DeclaringSyntaxReferences
            .Where(r => r.SyntaxTree == root.SyntaxTree)
            .Select(r => r.GetSyntax())
            .OfType<ClassDeclarationSyntax>()
            .FirstOrDefault(c => c != second && c.AttributeLists.Count > 0);
        if (first is null || first.SpanStart > second.SpanStart)
        {
            return (Title, null);
        }

        SyntaxTriviaList end = first.AttributeLists.Last().GetTrailingTrivia();
        var moved = second.AttributeLists.Select(l => l.WithLeadingTrivia(first.AttributeLists[0].GetLeadingTrivia().Where(t => t.IsKind(SyntaxKind.WhitespaceTrivia))).WithTrailingTrivia(end));
        ClassDeclarationSyntax emptied = second
            .WithAttributeLists(default)
            .WithLeadingTrivia(second.GetLeadingTrivia());
        return (Title, root.ReplaceNodes(
            [first, second],
            (original, _) => original == first ? first.WithAttributeLists(first.AttributeLists.AddRange(moved)) : emptied));
    }
}
