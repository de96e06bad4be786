using System.Collections.Immutable;
using System.Globalization;
using DeepGen.Generator.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DeepGen.Generator.Declare;

/// <summary>
/// Level 1: the layers on the class, applied from first to last. Layer i becomes member "i" and one call, as in a Forward
/// method that names its layers by number.
/// </summary>
internal static class StackReader
{
    public static ModuleSpec? Read(ModuleScope scope, ImmutableArray<AttributeData> layers)
    {
        if (layers.IsEmpty)
        {
            scope.Report("DG0020", scope.TypePlace, scope.Type.Name);
            return null;
        }

        var builder = new ModuleBuilder(scope.TypeName, scope.Note);
        int input = Input(scope, builder);
        int value = input;
        for (int i = 0; i < layers.Length; i++)
        {
            scope.Walk.Cancellation.ThrowIfCancellationRequested();
            if (scope.Read(layers[i]) is { } layer)
            {
                string path = i.ToString(CultureInfo.InvariantCulture);
                int member = builder.Member(path, layer, ModuleReader.Block(scope, layer));
                value = builder.Call(member, ImmutableArray.Create(value), path, layer.Place, layer.Place);
            }
        }

        string output = scope.IsNetwork && InputName(scope) == "output" ? "outputOutput" : "output";
        return builder.Build([new OutputSpec(output, Residual(scope, builder, value, input))]);
    }

    /// <summary>Adds the input to the value, if the class is marked [Residual].</summary>
    public static int Residual(ModuleScope scope, ModuleBuilder builder, int value, int input)
    {
        if (KnownTypes.Find(scope.Type, "ResidualAttribute") is not { } attribute || scope.Read(attribute) is not { Place: var place })
        {
            return value;
        }

        return builder.Op(
            "Residual", ImmutableArray.Create(value, input), place, ImmutableArray.Create(place, place), ImmutableArray<PlacedArgument>.Empty);
    }

    private static int Input(ModuleScope scope, ModuleBuilder builder)
    {
        AttributeData? attribute = KnownTypes.Find(scope.Type, "InputAttribute");
        PlacedAttribute? placed = attribute is null ? null : scope.Read(attribute);
        if (!scope.IsNetwork)
        {
            return builder.Input(ModuleReader.Open("input"), null, scope.TypePlace);
        }

        InputSpec? input = null;
        if (placed is not null)
        {
            input = ModuleReader.Input(scope, placed, Name(scope, placed));
        }
        else if (attribute is null)
        {
            scope.Report("DG0003", scope.TypePlace, $"'{scope.Type.Name}' has no [Input(...)]");
        }

        return builder.Input(input ?? ModuleReader.Open("input"), placed, scope.TypePlace);
    }

    private static string? InputName(ModuleScope scope) => KnownTypes.Find(scope.Type, "InputAttribute") is not { } attribute
        ? null
        : attribute.NamedArguments.FirstOrDefault(a => a.Key == "Name").Value.Value as string;

    private static string Name(ModuleScope scope, PlacedAttribute attribute)
    {
        PlacedArgument? name = attribute.Arguments.FirstOrDefault(a => a.Spec.Name == "Name" && a.Spec.Text is not null);
        if (name is null)
        {
            return "input";
        }

        if (!SyntaxFacts.IsValidIdentifier(name.Spec.Text))
        {
            scope.Report("DG0023", name.Place, "Name", $"\"{name.Spec.Text}\"", "a C# identifier");
        }

        return name.Spec.Text!;
    }
}
