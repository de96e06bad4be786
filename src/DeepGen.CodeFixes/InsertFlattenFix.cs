using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DeepGen.CodeFixes;

/// <summary>DG0009: <c>[Dense(10)]</c> becomes <c>[Flatten, Dense(10)]</c>, and in Forward <c>Score(x)</c> becomes <c>Score(Flatten(x))</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
internal sealed class InsertFlattenFix() : SyntaxFix("DG0009")
{
    protected override (string Title, SyntaxNode? Root) Rewrite(SyntaxNode root, SyntaxNode node, SemanticModel model)
    {
        SyntaxNode? changed = null;
        if (node.FirstAncestorOrSelf<AttributeSyntax>() is { Parent: AttributeListSyntax list } dense)
        {
            bool isInScope = !model.LookupNamespacesAndTypes(dense.SpanStart, name: "FlattenAttribute").IsEmpty;
            changed = root.ReplaceNode(list, list.InsertAttribute(dense, isInScope ? "Flatten" : "DeepGen.Flatten"));
        }
        else if (node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { ArgumentList.Arguments: { Count: 1 } arguments } call)
        {
            bool isInScope = model.LookupSymbols(call.SpanStart, name: "Flatten").Any(s => s is IMethodSymbol);
            ExpressionSyntax image = arguments[0].Expression;
            changed = root.ReplaceNode(image, Call(isInScope ? "Flatten" : "DeepGen.Ops.Flatten", image));
        }

        return ("Flatten the image first", changed);
    }

    private static ExpressionSyntax Call(string method, ExpressionSyntax argument) => SyntaxFactory.InvocationExpression(
        SyntaxFactory.ParseExpression(method),
        SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(argument.WithoutTrivia()))))
        .WithTriviaFrom(argument);
}
