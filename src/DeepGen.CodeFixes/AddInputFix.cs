using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DeepGen.CodeFixes;

/// <summary>DG0003: <c>[Network]</c> becomes <c>[Network, Input(784)]</c>, and a parameter of Forward gets <c>[Shape(784)]</c>; the size is for the author to set.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp)]
[Shared]
internal sealed class AddInputFix() : SyntaxFix("DG0003")
{
    protected override (string Title, SyntaxNode? Root) Rewrite(SyntaxNode root, SyntaxNode node, SemanticModel model)
    {
        if (node.FirstAncestorOrSelf<ParameterSyntax>() is { AttributeLists.Count: 0 } parameter)
        {
            var shape = ((MethodDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration("void M([Shape(784)] int x);")!).ParameterList.Parameters[0];
            ParameterSyntax shaped = parameter
                .WithoutLeadingTrivia()
                .WithAttributeLists(shape.AttributeLists)
                .WithLeadingTrivia(parameter.GetLeadingTrivia());
            return ("Give the input a shape", root.ReplaceNode(parameter, shaped));
        }

        bool isClass = node is ClassDeclarationSyntax;
        AttributeListSyntax? list = (node as ClassDeclarationSyntax)?.AttributeLists.FirstOrDefault(IsNetwork);
        return ("Add an input", isClass && list is not null ? root.ReplaceNode(list, list.AppendAttribute("Input(784)")) : null);
    }

    private static bool IsNetwork(AttributeListSyntax list) =>
        list.Attributes.Any(a => a.Name.ToString() is "Network" or "NetworkAttribute" or "DeepGen.Network");
}
