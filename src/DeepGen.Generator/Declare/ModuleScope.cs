using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DeepGen.Generator.Declare;

/// <summary>
/// The class being read, and who answers for it: itself, or, when it comes from another assembly and so has no source, the
/// class that refers to it, at the place of the reference.
/// </summary>
internal sealed class ModuleScope(DeclarationWalk walk, INamedTypeSymbol type, INamedTypeSymbol owner, Place? reference)
{
    private static readonly SymbolDisplayFormat FullName = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters);

    public DeclarationWalk Walk => walk;

    public INamedTypeSymbol Type => type;

    public string TypeName { get; } = type.ToDisplayString(FullName);

    public bool IsNetwork { get; } = KnownTypes.IsNetwork(type);

    public bool HasSource => reference is null;

    /// <summary>Where an attribute without syntax is reported.</summary>
    public Place TypePlace => reference ?? PlaceOfName(type, walk.Cancellation);

    public ModuleScope Enter(INamedTypeSymbol block, Place at) =>
        walk.HasSource(block) ? new(walk, block, block, null) : new(walk, block, owner, reference ?? at);

    public void Report(string id, Place place, params string[] arguments) =>
        walk.Report(owner, id, reference ?? place, arguments);

    /// <summary>Notes the place of a part; parts of a class without source are found where it is referred to.</summary>
    public void Note(string key, Place place)
    {
        if (HasSource)
        {
            walk.Note(key, place);
        }
    }

    /// <summary>The attribute, or null if the C# compiler already rejects it.</summary>
    public PlacedAttribute? Read(AttributeData attribute)
    {
        PlacedAttribute? placed = LayerAttributeReader.Read(attribute, TypePlace, walk.Cancellation);
        if (placed is null)
        {
            walk.Fail();
        }

        return placed;
    }

    public static Place PlaceOfName(INamedTypeSymbol type, CancellationToken cancellation) =>
        type.DeclaringSyntaxReferences.Select(r => r.GetSyntax(cancellation)).FirstOrDefault() is BaseTypeDeclarationSyntax syntax
            ? Place.Of(syntax.Identifier.GetLocation())
            : default;
}
