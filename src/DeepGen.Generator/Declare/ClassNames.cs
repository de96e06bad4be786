using System.Globalization;
using DeepGen.Generator.Emit;
using DeepGen.Generator.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DeepGen.Generator.Declare;

/// <summary>How the names around a class bear upon the code written for it.</summary>
internal static class ClassNames
{
    /// <summary>
    /// Generated files are told apart without regard to case, as some file systems do. So a class whose name, or whose
    /// namespace's, differs from a neighbour's in case alone gets a number that depends on the case of its letters. The sign
    /// that makes a name of a keyword may not stand in the name of a file.
    /// </summary>
    public static string File(INamedTypeSymbol type, SymbolDisplayFormat format)
    {
        string name = type.ToDisplayString(format).Replace("@", "");
        for (ISymbol part = type; part.ContainingNamespace is { } space; part = space)
        {
            if (space.GetMembers().Any(m => m.Name != part.Name && string.Equals(m.Name, part.Name, StringComparison.OrdinalIgnoreCase)))
            {
                uint number = name.Aggregate(2166136261, (hash, letter) => unchecked((hash ^ letter) * 16777619));
                return name + "." + number.ToString("x8", CultureInfo.InvariantCulture);
            }
        }

        return name;
    }

    /// <summary>The imported names that a member, a neighbour or an import of the user's own takes.</summary>
    public static EquatableArray<string> Shadowed(INamedTypeSymbol type, DeclarationWalk walk)
    {
        if (type.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(walk.Cancellation) is not TypeDeclarationSyntax syntax)
        {
            return EquatableArray<string>.Empty;
        }

        SemanticModel model = walk.Model(syntax.SyntaxTree);
        return ImportedNames.FullNames.Where(p => IsShadowed(p.Key, p.Value)).Select(p => p.Key).OrderBy(n => n, StringComparer.Ordinal).ToEquatable();

        bool IsShadowed(string name, string fullName)
        {
            for (INamedTypeSymbol? part = type; part is not null; part = part.BaseType)
            {
                if (!part.GetMembers(name).IsEmpty)
                {
                    return true;
                }
            }

            return model.LookupSymbols(syntax.Identifier.SpanStart, name: name).Any(s => FullName(s) != fullName)
                || (name == "MethodImpl" && model.LookupSymbols(syntax.Identifier.SpanStart, name: name + "Attribute").Any(s => FullName(s) != fullName + "Attribute"));
        }
    }

    private static string FullName(ISymbol symbol) => symbol.ContainingType is null && symbol.ContainingNamespace is { IsGlobalNamespace: false } space
        ? space.ToDisplayString() + "." + symbol.Name
        : symbol.Name;
}
