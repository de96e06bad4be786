using System.Collections.Immutable;
using System.Globalization;
using DeepGen.Generator.Support;
using Microsoft.CodeAnalysis;

namespace DeepGen.Generator.Declare;

/// <summary>Reads a network or block, however it is written: layers on the class, or a method <c>Forward</c>.</summary>
internal static class ModuleReader
{
    public static ModuleSpec? Read(ModuleScope scope)
    {
        ImmutableArray<AttributeData> layers = scope.Type.GetAttributes().Where(KnownTypes.IsLayer).ToImmutableArray();
        ImmutableArray<IMethodSymbol> forwards = scope.Type.GetMembers("Forward").OfType<IMethodSymbol>().ToImmutableArray();
        if (forwards.IsEmpty)
        {
            IMethodSymbol? layerMethod = scope.Type.GetMembers().OfType<IMethodSymbol>().FirstOrDefault(KnownTypes.IsLayerMethod);
            if (layerMethod is not null)
            {
                scope.Report(
                    "DG0017",
                    scope.TypePlace,
                    $"'{scope.Type.Name}' has layer methods such as '{layerMethod.Name}' but no method Forward that calls them");
                return null;
            }

            return StackReader.Read(scope, layers);
        }

        if (!layers.IsEmpty)
        {
            scope.Report(
                "DG0017",
                scope.Read(layers[0])?.Place ?? scope.TypePlace,
                $"'{scope.Type.Name}' has layers both on the class and in Forward; keep one of the two");
            return null;
        }

        return ForwardReader.Read(scope, forwards);
    }

    /// <summary>The module of a Stack or Use, after checking that its type is a block of one input and one output.</summary>
    public static ModuleSpec? Block(ModuleScope scope, PlacedAttribute attribute)
    {
        if (!attribute.NamesBlock)
        {
            return null;
        }

        switch (attribute.Block)
        {
            case { TypeKind: TypeKind.Error }:
                scope.Walk.Fail();
                return null;
            case INamedTypeSymbol type when KnownTypes.IsBlock(type) && !scope.Walk.HasSource(type) && !type.GetAttributes().Any(KnownTypes.IsLayer):
                Reject("its Forward method is in another assembly, of which only attributes can be read");
                return null;
            case INamedTypeSymbol { IsGenericType: false } type when KnownTypes.IsBlock(type):
                ModuleSpec? block = scope.Walk.Block(type, scope, attribute.BlockPlace);
                if (block is null or { Inputs.Count: 1, Outputs.Count: 1 })
                {
                    return block;
                }

                Reject($"it has {Count(block.Inputs.Count, "input")} and {Count(block.Outputs.Count, "output")}, not one of each");
                return null;
            case INamedTypeSymbol type when KnownTypes.IsBlock(type):
                Reject("it is generic");
                return null;
            default:
                Reject("it is not marked [Block]");
                return null;
        }

        void Reject(string reason) =>
            scope.Report("DG0019", attribute.BlockPlace, attribute.Kind, attribute.Block?.Name ?? "null", reason);
    }

    /// <summary>An input as its attribute gives it, or null after a finding.</summary>
    public static InputSpec? Input(ModuleScope scope, PlacedAttribute attribute, string name)
    {
        EquatableArray<double> sizes = attribute.Argument("Shape")?.Numbers ?? EquatableArray<double>.Empty;
        if (sizes.Count == 0)
        {
            scope.Report("DG0003", attribute.Place, $"[{attribute.Kind}] has no sizes");
            return null;
        }

        double layout = attribute.Argument("Layout")?.Numbers[0] ?? 0;
        if (layout is not (0 or 1))
        {
            Place place = attribute.Arguments.First(a => a.Spec.Name == "Layout").Place;
            scope.Report("DG0023", place, "Layout", layout.ToString("R", CultureInfo.InvariantCulture), "Chw or Hwc");
            return null;
        }

        return NamedSizes.Of(scope, attribute, name, sizes, layout == 0 ? InputLayout.Chw : InputLayout.Hwc);
    }

    /// <summary>The input of a block: whatever comes in.</summary>
    public static InputSpec Open(string name) => new(name, false, EquatableArray<int>.Empty, InputLayout.Chw);

    private static string Count(int count, string noun) => count == 1 ? "one " + noun : $"{count} {noun}s";
}
