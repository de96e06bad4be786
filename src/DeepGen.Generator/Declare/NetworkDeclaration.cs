using DeepGen.Generator.Support;
using Microsoft.CodeAnalysis;

namespace DeepGen.Generator.Declare;

/// <summary>Reads a class marked [Network]. The only stage that sees symbols: everything after it works on the spec.</summary>
internal static class NetworkDeclaration
{
    /// <summary>For <c>ForAttributeWithMetadataName</c>; nothing at all for a second [Network] on another part of the class.</summary>
    public static Declaration Declare(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        if (context.TargetSymbol is not INamedTypeSymbol type || !ClassReader.IsFirst(type, "NetworkAttribute", context.TargetNode))
        {
            return Declaration.Nothing;
        }

        return Declare(type, context.SemanticModel.Compilation, cancellation);
    }

    public static Declaration Declare(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
    {
        var walk = new DeclarationWalk(type, compilation, cancellation);
        ClassSpec? declared = ClassReader.Read(type, walk);
        EquatableArray<ReadingSpec> readings = Readings(type, walk);
        ModuleSpec? module = walk.Root();
        if (declared is not null && GeneratedMembers.Contains(type.Name, readings))
        {
            walk.Report(type, "DG0002", ModuleScope.PlaceOfName(type, cancellation), type.Name, "its name is that of a member DeepGen writes into it");
        }
        else if (module is not null)
        {
            GeneratedMembers.Report(type, module, readings, walk);
        }

        module = module is null ? null : LengthsReader.WithLengths(module, type, walk);
        bool whole = !walk.Failed && declared is not null && module is not null;
        NetworkSpec? spec = !whole ? null : new(
            declared!.Namespace, declared.Name, declared.Accessibility, declared.IsSealed, module!, readings, declared.LayerMethods,
            OfAttribute("InitializeAttribute", "initialize", type, walk), OfAttribute("ConvolutionsAttribute", "convolutions", type, walk),
            OfAttribute("WeightsAttribute", "weights", type, walk));
        return new Declaration(declared, spec, walk.Places, walk.Findings);
    }

    private static EquatableArray<ReadingSpec> Readings(INamedTypeSymbol type, DeclarationWalk walk)
    {
        var scope = new ModuleScope(walk, type, type, null);
        var readings = new List<ReadingSpec>();
        foreach (AttributeData attribute in type.GetAttributes().Where(KnownTypes.IsReading))
        {
            if (scope.Read(attribute) is not { } placed)
            {
                continue;
            }

            if (placed.Kind == "Train")
            {
                string place = $"{scope.TypeName}/reading:Train:{readings.Count(r => r.Name == "Train")}";
                readings.Add(new ReadingSpec("Train", Arguments(walk, place, placed), LossReader.Read(scope, placed)));
            }
            else if (readings.All(r => r.Name != placed.Kind))
            {
                readings.Add(new ReadingSpec(placed.Kind, Arguments(walk, $"{scope.TypeName}/reading:{placed.Kind}", placed)));
            }
        }

        return readings.ToEquatable();
    }

    /// <summary>What an attribute says of the whole network.</summary>
    private static EquatableArray<ArgumentSpec> OfAttribute(string attributeName, string place, INamedTypeSymbol type, DeclarationWalk walk)
    {
        var scope = new ModuleScope(walk, type, type, null);
        return KnownTypes.Find(type, attributeName) is { } attribute && scope.Read(attribute) is { } placed
            ? Arguments(walk, $"{scope.TypeName}/{place}", placed)
            : EquatableArray<ArgumentSpec>.Empty;
    }

    /// <summary>What is written, its places noted.</summary>
    private static EquatableArray<ArgumentSpec> Arguments(DeclarationWalk walk, string place, PlacedAttribute placed)
    {
        walk.Note(place, placed.Place);
        foreach (PlacedArgument argument in placed.Arguments)
        {
            walk.Note($"{place}/{argument.Spec.Name}", argument.Place);
        }

        return placed.Arguments.Select(a => a.Spec).ToEquatable();
    }
}
