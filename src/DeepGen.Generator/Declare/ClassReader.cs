using System.Collections.Immutable;
using DeepGen.Generator.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DeepGen.Generator.Declare;

/// <summary>Checks that a class can be extended by generated code, and reads what its layer methods' bodies need.</summary>
internal static class ClassReader
{
    private static readonly SymbolDisplayFormat NamespaceFormat =
        SymbolDisplayFormat.FullyQualifiedFormat.WithGlobalNamespaceStyle(SymbolDisplayGlobalNamespaceStyle.Omitted);

    /// <summary>
    /// Whether the generator meets the class here for the first time: an attribute repeated on another part of it, which C#
    /// rejects, must not make two sources of one name.
    /// </summary>
    public static bool IsFirst(INamedTypeSymbol type, string attribute, SyntaxNode part) =>
        KnownTypes.Find(type, attribute)?.ApplicationSyntaxReference is { } first
        && first.SyntaxTree == part.SyntaxTree
        && part.Span.Contains(first.Span);

    /// <summary>Null, with a finding, if the class cannot be extended.</summary>
    public static ClassSpec? Read(INamedTypeSymbol type, DeclarationWalk walk)
    {
        ImmutableArray<SyntaxNode> parts = type.DeclaringSyntaxReferences.Select(r => r.GetSyntax(walk.Cancellation)).ToImmutableArray();
        if (type.Name.Length == 0)
        {
            return null;
        }

        Place name = ModuleScope.PlaceOfName(type, walk.Cancellation);
        if (WhatIsWrongWith(type, parts) is { } reason)
        {
            walk.Report(type, "DG0002", name, type.Name, reason);
            return null;
        }

        if (parts.OfType<ClassDeclarationSyntax>().FirstOrDefault(p => !p.Modifiers.Any(SyntaxKind.PartialKeyword)) is { } whole)
        {
            walk.Report(type, "DG0001", Place.Of(whole.Identifier.GetLocation()), type.Name);
            return null;
        }

        ReportScatteredLayers(type, walk);
        return new ClassSpec(
            type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(NamespaceFormat),
            type.Name,
            ClassNames.File(type, NamespaceFormat),
            ClassNames.Shadowed(type, walk),
            type.DeclaredAccessibility == Accessibility.Public ? "public" : "internal",
            type.IsSealed,
            type.GetMembers().OfType<IMethodSymbol>().Select(m => Body(m, walk)).OfType<LayerMethodSpec>().ToEquatable());
    }

    private static string? WhatIsWrongWith(INamedTypeSymbol type, ImmutableArray<SyntaxNode> parts) => type switch
    {
        { ContainingType: not null } => "it is nested in another type",
        { IsGenericType: true } => "it is generic",
        { IsStatic: true } => "it is static",
        { IsAbstract: true } => "it is abstract",
        { IsRecord: true } => "it is a record",
        { IsFileLocal: true } => "it is visible in its own file only",
        { TypeKind: not TypeKind.Class } => "it is not a class",
        _ when IsKeyword(type) => "a keyword is its name or that of its namespace",
        _ when parts.OfType<ClassDeclarationSyntax>().Any(p => p.ParameterList is not null) => "it has a primary constructor",
        _ when KnownTypes.IsNetwork(type) && KnownTypes.IsBlock(type) => "it is a block too",
        _ => null,
    };

    private static bool IsKeyword(ISymbol? symbol) =>
        symbol is not null && (SyntaxFacts.GetKeywordKind(symbol.Name) != SyntaxKind.None || IsKeyword(symbol.ContainingNamespace));

    // The order of attributes over several parts of a class is the order of files, which nobody decides.
    private static void ReportScatteredLayers(INamedTypeSymbol type, DeclarationWalk walk)
    {
        SyntaxNode? first = null;
        foreach (AttributeData attribute in type.GetAttributes().Where(KnownTypes.IsLayer))
        {
            SyntaxNode? syntax = attribute.ApplicationSyntaxReference?.GetSyntax(walk.Cancellation);
            SyntaxNode? part = syntax?.FirstAncestorOrSelf<TypeDeclarationSyntax>();
            first ??= part;
            if (part != first && syntax is not null)
            {
                walk.Report(type, "DG0004", Place.Of(syntax), type.Name);
                return;
            }
        }
    }

    /// <summary>The method as its implementing part must repeat it; null if it is none of ours.</summary>
    private static LayerMethodSpec? Body(IMethodSymbol method, DeclarationWalk walk)
    {
        bool ours = method is { IsPartialDefinition: true, IsGenericMethod: false }
            && KnownTypes.IsLayerMethod(method)
            && !LayerMethod.HasOwnBody(method);
        if (!ours || method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(walk.Cancellation) is not MethodDeclarationSyntax syntax)
        {
            return null;
        }

        string modifiers = string.Join(" ", syntax.Modifiers.Select(m => m.ValueText));
        var parameters = method.Parameters.Zip(syntax.ParameterList.Parameters, (symbol, parameter) => (symbol, parameter)).Select(p =>
            string.Concat(p.parameter.Modifiers.Select(m => m.ValueText + " ")) + Type(p.symbol.Type) + " " + p.parameter.Identifier.Text);
        string text = $"{modifiers} {Type(method.ReturnType)} {syntax.Identifier.Text}({string.Join(", ", parameters)})";
        return new LayerMethodSpec(method.Name, text);
    }

    private static string Type(ITypeSymbol type) => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier));
}
