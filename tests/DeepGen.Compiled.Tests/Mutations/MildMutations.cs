using DeepGen.Generator.Tests.Declarations;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace DeepGen.Compiled.Tests.Mutated;

/// <summary>Edits after which a program is mostly still C#: layers taken out, doubled, exchanged; other sizes; other operations.</summary>
internal static class MildMutations
{
    private static readonly int[] s_numbers = [0, 1, 2, 3, 4, 5, 7, 8, 16, 17, 33, 64, 100, -1, 100_000];

    private static readonly string[] s_layers =
    [
        "Dense", "Relu", "Tanh", "BatchNorm", "LayerNorm", "Flatten", "Softmax", "GlobalAveragePool", "Conv2D(3, 2)", "MaxPool2D(2)", "Dense(5)", "Gelu",
        "Reshape(-1)", "Upsample2D(2)", "GroupNorm(2)", "Conv2D(Kernel = 3, Padding = 1, Depthwise = true)",
    ];

    private static readonly string[] s_operations = ["Relu", "Silu", "Flatten", "Abs", "Exp", "GlobalAveragePool", "Softplus"];

    public static string Draw(int number, Random random)
    {
        SyntaxNode root = CSharpSyntaxTree.ParseText(Mutations.Originals[number % Mutations.Originals.Length]).GetRoot();
        for (int times = random.Next(1, 4); times > 0; times--)
        {
            root = Edit(root, random);
        }

        return root.ToFullString();
    }

    private static SyntaxNode Edit(SyntaxNode root, Random random)
    {
        T? One<T>(Func<T, bool>? where = null)
            where T : SyntaxNode
        {
            T[] all = [.. root.DescendantNodes().OfType<T>().Where(n => where is null || where(n))];
            return all.Length == 0 ? null : all[random.Next(all.Length)];
        }

        AttributeSyntax? layer = One<AttributeSyntax>(a => a.Name.ToString() is not ("Network" or "Block" or "Input" or "Shape"));
        var list = layer?.Parent as AttributeListSyntax;
        switch (random.Next(8))
        {
            case 0 when list?.Attributes.Count > 1:
                return root.RemoveNode(layer!, SyntaxRemoveOptions.KeepNoTrivia)!;
            case 1 when layer is not null:
                return root.InsertNodesAfter(layer, [layer]);
            case 2 when layer is not null:
                return root.InsertNodesBefore(layer, [ParseAttribute(s_layers[random.Next(s_layers.Length)])]);
            case 3 when layer is not null && One<AttributeSyntax>(a => a != layer) is { } other:
                return root.ReplaceNodes<SyntaxNode, SyntaxNode>([layer, other], (old, _) => old == layer ? other : layer);
            case 4 when One<InvocationExpressionSyntax>() is { Expression: IdentifierNameSyntax name }:
                return root.ReplaceNode(name, IdentifierName(s_operations[random.Next(s_operations.Length)]));
            case 5 when One<BinaryExpressionSyntax>() is { } binary:
                return root.ReplaceNode(binary, random.Next(2) == 0 ? binary.Left : binary.Right);
            case 6 when One<StatementSyntax>(s => s.Parent is BlockSyntax) is { } statement:
                return random.Next(2) == 0 ? root.InsertNodesAfter(statement, [statement]) : root.RemoveNode(statement, SyntaxRemoveOptions.KeepNoTrivia)!;
            default:
                return One<LiteralExpressionSyntax>(l => l.Token.Value is int) is { } size ? root.ReplaceNode(size, Number(s_numbers[random.Next(s_numbers.Length)])) : root;
        }
    }

    private static AttributeSyntax ParseAttribute(string text) =>
        ParseCompilationUnit($"[{text}] class C;").DescendantNodes().OfType<AttributeSyntax>().First();

    private static ExpressionSyntax Number(int value) => ParseExpression(value.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
