using DeepGen.Compiled.Tests.Support;
using DeepGen.Generator.Emit;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DeepGen.Compiled.Tests;

/// <summary>Whatever the user calls things, emitted code means what it says.</summary>
public sealed class NamesTests
{
    private const string Layers = "[Network, Input(3, 6, 6)] [Conv2D(4, 3, Padding = 1), Tanh, MaxPool2D(2), Flatten, Dense(3), Softmax] [Trace, Certify] public sealed partial class";

    [Theory]
    [InlineData("classes_that_differ_in_case", $"{Layers} Net; {Layers} net;")]
    [InlineData("namespaces_that_differ_in_case", $"namespace P {{ {Layers} A; }} namespace p {{ {Layers} A; }}")]
    [InlineData("a_block_that_differs_in_case", $"[Block] [Tanh] public sealed partial class N; {Layers} n;")]
    [InlineData("a_namespace_within_named_DeepGen", $"namespace A.DeepGen.B {{ {Layers} N; }}")]
    [InlineData("a_namespace_within_named_System", $"namespace A.System.B {{ {Layers} N; }}")]
    [InlineData("a_class_named_DeepGen", $"namespace A {{ {Layers} DeepGen; }}")]
    [InlineData("letters_of_other_alphabets", $"namespace 网络.Größe {{ {Layers} Ne\u0301t; }}")]
    [InlineData("tensors_named_like_fields", """
        [Network, Trace, Certify]
        public sealed partial class N
        {
            private (Tensor s_predict, Tensor batch, Tensor @class) Forward([Shape(4)] Tensor _weights, [Shape(4)] Tensor NamedTensor, [Shape(4)] Tensor @in, [Shape(4)] Tensor global) =>
                (_weights + NamedTensor, @in * global, -_weights);
        }
        """)]
    [InlineData("tensors_named_like_bounds", """
        [Network, Trace, Certify]
        public sealed partial class N
        {
            private (Tensor xLower, Tensor epsilon) Forward([Shape(4)] Tensor x, [Shape(4)] Tensor xUpper) => (x + xUpper, x * xUpper);
        }
        """)]
    [InlineData("an_input_named_output", "[Network, Input(4, Name = \"output\"), Dense(3), Trace, Certify] public sealed partial class N;")]
    [InlineData("methods_named_like_methods", """
        [Network]
        public sealed partial class N
        {
            [Dense(3)] private partial Tensor Predict(Tensor x);
            [Dense(3)] private partial Tensor Save(Tensor x);
            [Dense(3)] private partial Tensor Prepare(Tensor x);
            [Dense(3)] private partial Tensor DeepGen(Tensor x);
            [Dense(3)] private partial Tensor System(Tensor x);
            private Tensor Forward([Shape(4)] Tensor x) => System(DeepGen(Prepare(Save(Predict(x)))));
        }
        """)]
    public void A_name_of_the_user_disturbs_nothing(string name, string declaration)
    {
        Assert.NotEmpty(name);
        Compile(declaration);
    }

    [Fact]
    public void Every_imported_name_may_be_a_neighbour_or_the_class_itself() => Assert.All(ImportedNames.FullNames.Keys, name =>
    {
        string types = string.Join(" ", ImportedNames.FullNames.Keys.Where(n => n != name).Select(n => $"public class {n};"));
        Compile($"namespace Q {{ {types} {Layers} {name}; }}");
    });

    [Fact]
    public void Every_imported_name_may_be_a_layer_method()
    {
        string methods = string.Join("\n", ImportedNames.FullNames.Keys.Select(n => $"[Dense(3)] private partial Tensor {n}(Tensor x);"));
        string calls = string.Join("", ImportedNames.FullNames.Keys.Select(n => $"x = {n}(x);"));
        Compile($$"""
            [Network, Trace, Certify]
            public sealed partial class N
            {
                {{methods}}
                private Tensor Forward([Shape(4)] Tensor x) { {{calls}} return x; }
            }
            """);
    }

    [Theory]
    [InlineData(Layers + " N;")]
    [InlineData("[Network, Input(4)] [Dense(3), Tanh, Dense(1)] public sealed partial class N;")]
    public void Every_name_that_emitted_code_imports_is_listed(string declaration)
    {
        CSharpCompilation user = Compiler.Declare(declaration);
        Compilation compiled = CompiledSource.Generate(user).Whole;
        IEnumerable<string> imported = compiled.SyntaxTrees.Except(user.SyntaxTrees).SelectMany(tree =>
        {
            SemanticModel model = compiled.GetSemanticModel(tree);
            return tree.GetRoot().DescendantNodes(n => n is not UsingDirectiveSyntax).OfType<SimpleNameSyntax>()
                .Where(n => n is not IdentifierNameSyntax { IsVar: true } and not IdentifierNameSyntax { IsNint: true } && n.Parent is not (QualifiedNameSyntax or AliasQualifiedNameSyntax))
                .Where(n => n.Parent is not MemberAccessExpressionSyntax access || access.Expression == n)
                .Where(n => (n.Parent is AttributeSyntax ? model.GetTypeInfo(n).Type : model.GetSymbolInfo(n).Symbol) is INamedTypeSymbol { Locations: [{ IsInMetadata: true }] })
                .Select(n => n.Identifier.ValueText);
        });
        Assert.Empty(imported.Except(ImportedNames.FullNames.Keys));
    }

    private static void Compile(string declaration)
    {
        (Compilation whole, GeneratorRunResult result) = CompiledSource.Generate(Compiler.Declare(declaration));
        Assert.Null(result.Exception);
        Assert.NotEmpty(result.GeneratedSources);
        Compiler.Load(whole, () => declaration);
    }
}
