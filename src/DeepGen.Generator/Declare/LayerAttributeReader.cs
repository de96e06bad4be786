using System.Collections.Immutable;
using DeepGen.Generator.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DeepGen.Generator.Declare;

/// <summary>A written argument of an attribute or of an operation, and where it stands.</summary>
internal sealed record PlacedArgument(ArgumentSpec Spec, Place Place);

/// <summary>An attribute as data: its written arguments, and for Stack and Use the block they name.</summary>
internal sealed record PlacedAttribute(
    string Kind,
    ImmutableArray<PlacedArgument> Arguments,
    bool NamesBlock,
    ITypeSymbol? Block,
    Place BlockPlace,
    Place Place)
{
    public ArgumentSpec? Argument(string name) => Arguments.FirstOrDefault(a => a.Spec.Name == name)?.Spec;
}

/// <summary>
/// Reads attributes. Only arguments that were written appear: defaults belong to the layer. An attribute from another
/// assembly has no syntax, so there an argument counts as written if it differs from its default.
/// </summary>
internal static class LayerAttributeReader
{
    /// <param name="fallback">Where an attribute without syntax is reported.</param>
    /// <returns>Null if the attribute itself does not compile; the C# compiler has said so.</returns>
    public static PlacedAttribute? Read(AttributeData attribute, Place fallback, CancellationToken cancellation)
    {
        if (attribute.AttributeConstructor is null || attribute.AttributeClass is null)
        {
            return null;
        }

        var syntax = attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) as AttributeSyntax;
        var builder = ImmutableArray.CreateBuilder<PlacedArgument>();
        ITypeSymbol? block = attribute.AttributeClass.TypeArguments.FirstOrDefault();
        bool namesBlock = block is not null;
        Place place = syntax is null ? fallback : Place.Of(syntax);
        Place blockPlace = TypeArgument(syntax) is { } typeArgument ? Place.Of(typeArgument) : place;

        foreach ((string name, TypedConstant value, Place argumentPlace) in Written(attribute, syntax, fallback))
        {
            if (value.Kind == TypedConstantKind.Error)
            {
                return null;
            }

            if (name == "Block")
            {
                namesBlock = true;
                block = value.Value as ITypeSymbol;
                blockPlace = argumentPlace;
            }
            else
            {
                builder.Add(new PlacedArgument(Argument(name, value), argumentPlace));
            }
        }

        return new PlacedAttribute(KnownTypes.Kind(attribute), builder.ToImmutable(), namesBlock, block, blockPlace, place);
    }

    private static IEnumerable<(string Name, TypedConstant Value, Place Place)> Written(
        AttributeData attribute, AttributeSyntax? syntax, Place fallback)
    {
        ImmutableArray<IParameterSymbol> parameters = attribute.AttributeConstructor!.Parameters;
        for (int i = 0; i < parameters.Length && i < attribute.ConstructorArguments.Length; i++)
        {
            TypedConstant value = attribute.ConstructorArguments[i];
            if (syntax is null)
            {
                if (!IsDefault(parameters[i], value))
                {
                    yield return (Pascal(parameters[i].Name), value, fallback);
                }
            }
            else if (WrittenFor(parameters[i], i, syntax) is { Count: > 0 } written)
            {
                yield return (Pascal(parameters[i].Name), value, Place.Between(written[0], written[written.Count - 1]));
            }
        }

        foreach (KeyValuePair<string, TypedConstant> named in attribute.NamedArguments)
        {
            AttributeArgumentSyntax? argument = syntax?.ArgumentList?.Arguments
                .FirstOrDefault(a => a.NameEquals?.Name.Identifier.ValueText == named.Key);
            yield return (named.Key, named.Value, argument is null ? fallback : Place.Of(argument));
        }
    }

    private static List<AttributeArgumentSyntax> WrittenFor(IParameterSymbol parameter, int ordinal, AttributeSyntax syntax)
    {
        var written = new List<AttributeArgumentSyntax>();
        SeparatedSyntaxList<AttributeArgumentSyntax> arguments = syntax.ArgumentList?.Arguments ?? default;
        for (int k = 0; k < arguments.Count; k++)
        {
            bool mine = arguments[k] switch
            {
                { NameEquals: not null } => false,
                { NameColon: { } colon } => colon.Name.Identifier.ValueText == parameter.Name,
                _ => k == ordinal || (parameter.IsParams && k > ordinal),
            };
            if (mine)
            {
                written.Add(arguments[k]);
            }
        }

        return written;
    }

    private static bool IsDefault(IParameterSymbol parameter, TypedConstant value) =>
        parameter.HasExplicitDefaultValue && value.Kind != TypedConstantKind.Array && Equals(parameter.ExplicitDefaultValue, value.Value);

    private static ArgumentSpec Argument(string name, TypedConstant value)
    {
        if (value.Kind == TypedConstantKind.Array)
        {
            ImmutableArray<TypedConstant> items = value.IsNull ? ImmutableArray<TypedConstant>.Empty : value.Values;
            bool hasNames = items.Any(v => v.Value is string);
            return new ArgumentSpec(
                name, items.Select(v => Number(v.Value)).ToEquatable(), hasNames ? string.Join(",", items.Select(v => v.Value as string)) : null);
        }

        return value.Value is string text
            ? new ArgumentSpec(name, EquatableArray<double>.Empty, text)
            : new ArgumentSpec(name, EquatableArray.Of(Number(value.Value)), null);
    }

    internal static double Number(object? value) => value switch
    {
        bool flag => flag ? 1 : 0,
        int number => number,
        float number => number,
        double number => number,
        long number => number,
        short number => number,
        byte number => number,
        sbyte number => number,
        ushort number => number,
        uint number => number,
        ulong number => number,
        char number => number,
        _ => 0,
    };

    internal static string Pascal(string name) =>
        name.Length == 0 ? name : char.ToUpperInvariant(name[0]) + name.Substring(1);

    private static TypeSyntax? TypeArgument(AttributeSyntax? syntax)
    {
        NameSyntax? name = syntax?.Name;
        while (name is QualifiedNameSyntax or AliasQualifiedNameSyntax)
        {
            name = name is QualifiedNameSyntax qualified ? qualified.Right : ((AliasQualifiedNameSyntax)name).Name;
        }

        return (name as GenericNameSyntax)?.TypeArgumentList.Arguments.FirstOrDefault();
    }
}
