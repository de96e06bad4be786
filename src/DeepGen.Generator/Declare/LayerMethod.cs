using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DeepGen.Generator.Declare;

/// <summary>
/// A partial method <c>Tensor Encode(Tensor x)</c> with layers as its attributes. One layer is named after the method
/// ("encode"), several are a sequence below it ("stem.0", "stem.1"), of which the first takes all parameters and the last gives all
/// results.
/// </summary>
internal sealed class LayerMethod(IMethodSymbol symbol, Place place, ImmutableArray<int> members)
{
    public IMethodSymbol Symbol => symbol;

    public Place Place => place;

    /// <summary>The members to call, from first to last; empty if the method has the wrong form.</summary>
    public ImmutableArray<int> Members => members;

    /// <summary>How many tensors it gives.</summary>
    public int Results { get; } = KnownTypes.Tensors(symbol.ReturnType);

    public bool IsCalled { get; set; }

    /// <summary>Declares the members of every layer method of the class, in source order.</summary>
    public static Dictionary<ISymbol, LayerMethod> ReadAll(ModuleScope scope, ModuleBuilder builder)
    {
        var methods = new Dictionary<ISymbol, LayerMethod>(SymbolEqualityComparer.Default);
        var paths = new HashSet<string>();
        foreach (IMethodSymbol symbol in scope.Type.GetMembers().OfType<IMethodSymbol>().Where(KnownTypes.IsLayerMethod))
        {
            Place place = PlaceOfName(symbol, scope);
            string path = char.ToLowerInvariant(symbol.Name[0]) + symbol.Name.Substring(1);
            string? complaint = WhatIsWrongWith(symbol)
                ?? (paths.Add(path) ? null : $"'{symbol.Name}' would give its parameters the names of another layer method's");
            ImmutableArray<int> members = ImmutableArray<int>.Empty;
            if (complaint is not null)
            {
                scope.Report("DG0017", place, complaint);
            }
            else
            {
                members = DeclareMembers(scope, builder, path, symbol);
            }

            methods[symbol] = new LayerMethod(symbol, place, members);
        }

        return methods;
    }

    private static ImmutableArray<int> DeclareMembers(ModuleScope scope, ModuleBuilder builder, string path, IMethodSymbol symbol)
    {
        ImmutableArray<AttributeData> layers = symbol.GetAttributes().Where(KnownTypes.IsLayer).ToImmutableArray();
        var members = ImmutableArray.CreateBuilder<int>();
        for (int i = 0; i < layers.Length; i++)
        {
            if (scope.Read(layers[i]) is { } layer)
            {
                members.Add(builder.Member(layers.Length == 1 ? path : $"{path}.{i}", layer, ModuleReader.Block(scope, layer)));
            }
        }

        return members.ToImmutable();
    }

    private static string? WhatIsWrongWith(IMethodSymbol symbol)
    {
        if (!symbol.IsPartialDefinition || HasOwnBody(symbol))
        {
            return $"'{symbol.Name}' has layers and a body; a layer method is partial and has none";
        }

        bool fits = symbol is { IsGenericMethod: false }
            && (symbol.Parameters.Length > 0 || KnownTypes.Kind(symbol.GetAttributes().First(KnownTypes.IsLayer)) == "Learned")
            && KnownTypes.Tensors(symbol.ReturnType) > 0
            && symbol.Parameters.All(x => x is { RefKind: RefKind.None, IsParams: false } && KnownTypes.IsTensor(x.Type));
        return fits ? null : $"'{symbol.Name}' has layers but not the form 'private partial Tensor {symbol.Name}(Tensor x);'";
    }

    /// <summary>The generated body does not count: an analyzer sees it, the generator does not.</summary>
    public static bool HasOwnBody(IMethodSymbol symbol) => symbol.PartialImplementationPart is { } body
        && !body.DeclaringSyntaxReferences.All(r => r.SyntaxTree.FilePath.EndsWith(".g.cs", StringComparison.Ordinal));

    private static Place PlaceOfName(IMethodSymbol symbol, ModuleScope scope) =>
        symbol.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(scope.Walk.Cancellation) is MethodDeclarationSyntax syntax
            ? Place.Of(syntax.Identifier.GetLocation())
            : scope.TypePlace;
}
