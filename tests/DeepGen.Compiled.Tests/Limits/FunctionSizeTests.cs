using DeepGen.Generator.Ir;
using DeepGen.Generator.Lower;
using DeepGen.Tests;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DeepGen.Compiled.Tests.Limits;

/// <summary>What the generator, and the tests of its methods' sizes, take functions for is what the runtime's source says.</summary>
public sealed class FunctionSizeTests
{
    private static readonly MethodDeclarationSyntax[] s_methods = [.. Directory.EnumerateFiles(Repository.Folder("src", "DeepGen.Runtime", "Functions"), "*.cs")
        .SelectMany(f => CSharpSyntaxTree.ParseText(File.ReadAllText(f)).GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>())];

    public static TheoryData<string> Names => [.. MethodSize.Functions.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_function_is_as_many_operations_as_is_said(string name)
    {
        int counted = Operations(name + "Here");
        Assert.Equal(counted, MethodSize.Functions[name]);
        var function = new OperationExpression(Enum.Parse<ScalarOp>(name), [new ConstantExpression(0)]);
        Assert.Equal(counted, OperationCost.InLine([function]));
    }

    [Fact]
    public void One_sample_is_lent_as_much_memory_as_the_generator_counts_on() => Assert.Equal(DeepGen.Runtime.SingleSample.Floats, DeepGen.Generator.Emit.SingleSample.MostFloats);

    /// <summary>Calls of the lanes and operators between them; what spreads a number over lanes is a load.</summary>
    private static int Operations(string method)
    {
        SyntaxNode body = s_methods.Single(m => m.Identifier.Text == method);
        return body.DescendantNodes(n => n is not LocalDeclarationStatementSyntax { IsConst: true } && !IsSpread(n)).Sum(n => n switch
        {
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax } when !IsSpread(n) => 1,
            InvocationExpressionSyntax { Expression: IdentifierNameSyntax called } => Operations(called.Identifier.Text),
            BinaryExpressionSyntax => 1,
            _ => 0,
        });
    }

    private static bool IsSpread(SyntaxNode node) =>
        node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } && access.Name.Identifier.Text.StartsWith("Broadcast", StringComparison.Ordinal);
}
