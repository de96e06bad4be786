using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DeepGen.CodeFixes;

/// <summary>Insertion into a list of attributes, with the comma and the space a person would type.</summary>
internal static class AttributeLists
{
    private static readonly SyntaxToken Comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);

    public static AttributeListSyntax InsertAttribute(this AttributeListSyntax list, AttributeSyntax before, string text)
    {
        int index = list.Attributes.IndexOf(before);
        AttributeSyntax inserted = Parse(text).WithLeadingTrivia(before.GetLeadingTrivia());
        return list.With(
            list.Attributes.Replace(before, before.WithLeadingTrivia()).Insert(index, inserted),
            list.Attributes.GetSeparators().ToList().Inserted(index, Comma));
    }

    public static AttributeListSyntax AppendAttribute(this AttributeListSyntax list, string text) => list.With(
        list.Attributes.Add(Parse(text)),
        list.Attributes.GetSeparators().ToList().Inserted(list.Attributes.Count - 1, Comma));

    private static AttributeListSyntax With(this AttributeListSyntax list, IEnumerable<AttributeSyntax> attributes, List<SyntaxToken> separators) =>
        list.WithAttributes(SyntaxFactory.SeparatedList(attributes, separators));

    private static List<SyntaxToken> Inserted(this List<SyntaxToken> separators, int index, SyntaxToken separator)
    {
        separators.Insert(Math.Min(index, separators.Count), separator);
        return separators;
    }

    private static AttributeSyntax Parse(string text) =>
        ((ClassDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration($"[{text}] class C;")!).AttributeLists[0].Attributes[0];
}
