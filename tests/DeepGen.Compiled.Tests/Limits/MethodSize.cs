using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DeepGen.Compiled.Tests.Limits;

/// <summary>What one emitted method asks of a compiler: operations on vectors in straight line, and text.</summary>
internal sealed record MethodSize(string Name, int Products, int Operations, int Characters)
{
    /// <summary>Vector operations that an elementary function is inlined to, counted in the runtime by FunctionSizeTests; others are about so many.</summary>
    private static readonly Dictionary<string, int> s_functions = new() { ["Exp"] = 14, ["Sigmoid"] = 18, ["Tanh"] = 14 };

    private const int OtherFunction = 20;

    private const string AddProduct = "L.AddProduct";

    public static IReadOnlyDictionary<string, int> Functions => s_functions;

    public static IEnumerable<MethodSize> Of(string source) => CSharpSyntaxTree.ParseText(source).GetRoot()
        .DescendantNodes()
        .OfType<MethodDeclarationSyntax>()
        .Where(m => m.Body is not null)
        .Select(m => new MethodSize(m.Identifier.Text, m.Body!.DescendantNodes().Count(IsProduct), Vectors(m.Body), m.Body.Span.Length));

    /// <summary>Every local of vectors, every assignment to one, and every product added to one, is one operation, or one function.</summary>
    private static int Vectors(BlockSyntax body)
    {
        IEnumerable<ExpressionSyntax> values = body.DescendantNodes().OfType<VariableDeclarationSyntax>()
            .Where(d => d.Type.ToString() == "L")
            .SelectMany(d => d.Variables)
            .Select(v => v.Initializer!.Value)
            .Concat(body.DescendantNodes().OfType<AssignmentExpressionSyntax>().Where(a => a.Left is IdentifierNameSyntax).Select(a => a.Right));
        return values.Sum(v => v.ToString() switch
        {
            ['E', 'l', 'e', 'm', 'e', 'n', 't', 'a', 'r', 'y', '.', .. var call] => s_functions.GetValueOrDefault(call[..call.IndexOf('(')], OtherFunction),
            "L.Zero" => 0,
            _ when IsMove(v) => 0,
            _ => 1,
        }) + body.DescendantNodes().Count(n => IsCall(n, AddProduct));
    }

    private static bool IsProduct(SyntaxNode node) => IsCall(node, "L.Fma") || IsCall(node, AddProduct);

    private static bool IsCall(SyntaxNode node, string name) => node is InvocationExpressionSyntax call && call.Expression.ToString() == name;

    private static bool IsMove(ExpressionSyntax value) =>
        value is InvocationExpressionSyntax call && call.Expression.ToString() is var name && (name.StartsWith("L.Load", StringComparison.Ordinal) || name == "L.Broadcast");
}
