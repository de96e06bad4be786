using Microsoft.CodeAnalysis;

namespace DeepGen.Generator.Declare;

/// <summary>The public types a declaration is written with, known by name: the generator does not load their assembly.</summary>
internal static class KnownTypes
{
    public const string Network = "DeepGen.NetworkAttribute";
    public const string Block = "DeepGen.BlockAttribute";

    public static bool IsTensor(ITypeSymbol? type) => Is(type, "Tensor");

    /// <summary>How many tensors a type is: one, or as many as a tuple has; 0 if it is anything else.</summary>
    public static int Tensors(ITypeSymbol type) => type switch
    {
        _ when IsTensor(type) => 1,
        INamedTypeSymbol { IsTupleType: true, TupleElements: var elements } when elements.All(e => IsTensor(e.Type)) => elements.Length,
        _ => 0,
    };

    public static bool IsOps(ITypeSymbol? type) => Is(type, "Ops");

    public static bool IsNetwork(ITypeSymbol type) => Find(type, "NetworkAttribute") is not null;

    public static bool IsBlock(ITypeSymbol type) => Find(type, "BlockAttribute") is not null;

    public static bool IsLayer(AttributeData attribute) =>
        Is(attribute.AttributeClass?.BaseType, "LayerAttribute") || Is(attribute.AttributeClass?.BaseType, "RecurrentAttribute");

    public static bool IsReading(AttributeData attribute) => Is(attribute.AttributeClass?.BaseType, "ReadingAttribute");

    public static AttributeData? Find(ISymbol symbol, string attribute) =>
        symbol.GetAttributes().FirstOrDefault(a => Is(a.AttributeClass, attribute));

    /// <summary>A partial method without a body of its own, or one whose body is generated, that carries layers.</summary>
    public static bool IsLayerMethod(IMethodSymbol method) => method.GetAttributes().Any(IsLayer);

    /// <summary>The name without "Attribute": "Dense", "Stack".</summary>
    public static string Kind(AttributeData attribute)
    {
        string name = attribute.AttributeClass?.Name ?? "";
        return name.EndsWith("Attribute", StringComparison.Ordinal) ? name.Substring(0, name.Length - "Attribute".Length) : name;
    }

    public static bool Is(ITypeSymbol? type, string name) =>
        type is { Name: var typeName, ContainingType: null, ContainingNamespace: { Name: "DeepGen", ContainingNamespace.IsGlobalNamespace: true } }
        && typeName == name;
}
