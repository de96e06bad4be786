using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DeepGen.CodeFixes;

/// <summary>DG0001: <c>class Net</c> becomes <c>partial class Net</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
internal sealed class MakePartialFix() : SyntaxFix("DG0001")
{
    protected override (string Title, SyntaxNode? Root) Rewrite(SyntaxNode root, SyntaxNode node, SemanticModel model)
    {
        var declaration = node.FirstAncestorOrSelf<ClassDeclarationSyntax>();
        SyntaxToken partial = SyntaxFactory.Token(SyntaxKind.PartialKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        ClassDeclarationSyntax? changed = declaration;
        if (declaration is { Modifiers.Count: 0 })
        {
            // The class keyword holds the indentation, which now belongs to the modifier.
            changed = declaration
                .WithKeyword(declaration.Keyword.WithLeadingTrivia())
                .WithModifiers(SyntaxFactory.TokenList(partial.WithLeadingTrivia(declaration.Keyword.LeadingTrivia)));
        }
        else if (declaration is not null)
        {
            changed = declaration.AddModifiers(partial);
        }

        return ("Make the class partial", declaration is null ? null : root.ReplaceNode(declaration, changed!));
    }
}
