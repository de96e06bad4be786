using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace DeepGen.Compiled.Tests.Networks;

/// <summary>Takes away from a declaration whatever it fails without: layers, arguments, statements, operands, sizes.</summary>
internal static class Shrinker
{
    /// <summary>Steps tried before what is left is taken as it is.</summary>
    private const int MostSteps = 400;

    /// <summary>Fails must be false for a text that is no sound declaration.</summary>
    public static string Shrink(string text, Func<string, bool> fails)
    {
        int steps = 0;
        bool smaller = true;
        while (smaller)
        {
            smaller = false;
            SyntaxNode root = CSharpSyntaxTree.ParseText(text).GetRoot();
            foreach (SyntaxNode candidate in Candidates(root))
            {
                string next = candidate.ToFullString();
                bool less = next.Length < text.Length || Weight(candidate) < Weight(root);
                if (less && steps++ < MostSteps && fails(next))
                {
                    (text, smaller) = (next, true);
                    break;
                }
            }
        }

        return text;
    }

    /// <summary>The program with one thing less, large things first.</summary>
    private static IEnumerable<SyntaxNode> Candidates(SyntaxNode root)
    {
        foreach (MemberDeclarationSyntax member in root.DescendantNodes().OfType<MemberDeclarationSyntax>())
        {
            yield return Without(root, member);
        }

        foreach (StatementSyntax statement in root.DescendantNodes().OfType<StatementSyntax>().Where(s => s.Parent is BlockSyntax).Reverse())
        {
            yield return Without(root, statement);
        }

        foreach (AttributeSyntax attribute in root.DescendantNodes().OfType<AttributeSyntax>())
        {
            var list = (AttributeListSyntax)attribute.Parent!;
            yield return list.Attributes.Count == 1 ? Without(root, list) : Without(root, attribute);
        }

        foreach (TupleExpressionSyntax tuple in root.DescendantNodes().OfType<TupleExpressionSyntax>())
        {
            foreach (SyntaxNode fewer in WithoutElement(root, tuple))
            {
                yield return fewer;
            }
        }

        foreach (ExpressionSyntax expression in root.DescendantNodes().OfType<ExpressionSyntax>())
        {
            foreach (ExpressionSyntax part in Parts(expression))
            {
                yield return root.ReplaceNode(expression, part.WithTriviaFrom(expression));
            }
        }

        foreach (AttributeArgumentSyntax argument in root.DescendantNodes().OfType<AttributeArgumentSyntax>())
        {
            yield return Without(root, argument);
        }

        foreach (ArgumentSyntax argument in root.DescendantNodes().OfType<ArgumentSyntax>())
        {
            yield return Without(root, argument);
        }

        foreach (ParameterSyntax parameter in root.DescendantNodes().OfType<ParameterSyntax>())
        {
            yield return Without(root, parameter);
        }
    }

    /// <summary>The sum of all numbers: sizes shrink where the text no longer does.</summary>
    private static double Weight(SyntaxNode root) =>
        root.DescendantTokens().Where(t => t.IsKind(SyntaxKind.NumericLiteralToken)).Sum(t => Convert.ToDouble(t.Value, CultureInfo.InvariantCulture));

    private static SyntaxNode Without(SyntaxNode root, SyntaxNode node) => root.RemoveNode(node, SyntaxRemoveOptions.KeepNoTrivia)!;

    /// <summary>A method's result with one output less, in its type and in what it returns.</summary>
    private static IEnumerable<SyntaxNode> WithoutElement(SyntaxNode root, TupleExpressionSyntax tuple)
    {
        if (tuple.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { ReturnType: TupleTypeSyntax type } || tuple.Parent is not ReturnStatementSyntax)
        {
            yield break;
        }

        for (int i = 0; i < tuple.Arguments.Count; i++)
        {
            bool single = tuple.Arguments.Count == 2;
            SyntaxNode value = single ? tuple.Arguments[1 - i].Expression.WithTriviaFrom(tuple) : tuple.WithArguments(tuple.Arguments.RemoveAt(i));
            SyntaxNode result = single ? IdentifierName("Tensor").WithTriviaFrom(type) : type.WithElements(type.Elements.RemoveAt(i));
            yield return root.ReplaceNodes<SyntaxNode, SyntaxNode>([tuple, type], (old, _) => old == tuple ? value : result);
        }
    }

    /// <summary>What may stand for an expression: its operands, or a smaller number.</summary>
    private static IEnumerable<ExpressionSyntax> Parts(ExpressionSyntax expression) => expression switch
    {
        BinaryExpressionSyntax binary => [binary.Left, binary.Right],
        PrefixUnaryExpressionSyntax unary => [unary.Operand],
        ParenthesizedExpressionSyntax inner => [inner.Expression],
        InvocationExpressionSyntax call => call.ArgumentList.Arguments.Select(a => a.Expression),
        LiteralExpressionSyntax { Token.Value: int n } when n > 1 => new[] { 1, 2, n / 2, n - 1 }.Where(m => m < n).Distinct().Select(Number),
        _ => [],
    };

    private static ExpressionSyntax Number(int value) => LiteralExpression(SyntaxKind.NumericLiteralExpression, Literal(value));
}
