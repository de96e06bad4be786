using DeepGen.Generator.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DeepGen.Generator.Declare;

/// <summary>The inputs that say how long each sample's sequences are: one for each [Size] that names it, after all others.</summary>
internal static class LengthsReader
{
    public static ModuleSpec WithLengths(ModuleSpec module, INamedTypeSymbol type, DeclarationWalk walk)
    {
        var scope = new ModuleScope(walk, type, type, null);
        List<InputSpec> inputs = module.Inputs.ToList();
        foreach (AttributeData declared in type.GetAttributes().Where(a => KnownTypes.Is(a.AttributeClass, "SizeAttribute")))
        {
            if (scope.Read(declared) is not { } size || size.Argument("Lengths")?.Text is not { } name || size.Argument("Name")?.Text is not { } symbol)
            {
                continue;
            }

            Place place = size.Arguments.First(a => a.Spec.Name == "Lengths").Place;
            if (!SyntaxFacts.IsValidIdentifier(name) || SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None)
            {
                scope.Report("DG0031", place, symbol, $"its Lengths are called '{name}'; it must be a C# name");
            }
            else if (inputs.Any(i => i.Name == name) || module.Outputs.Any(o => o.Name == name))
            {
                scope.Report("DG0031", place, symbol, $"its Lengths are called '{name}', as something else is");
            }
            else if (module.Inputs.SelectMany(i => i.Sizes).FirstOrDefault(s => s.Symbol == symbol) is { IsOpen: true } used)
            {
                walk.Note($"{module.TypeName}/lengths:{symbol}", place);
                inputs.Add(new InputSpec(name, true, EquatableArray.Of(1), InputLayout.Chw) { Ends = symbol, Longest = used.Value });
            }
            else
            {
                scope.Report("DG0031", place, symbol, "it has Lengths, but no input has it");
            }
        }

        return module with { Inputs = inputs.ToEquatable() };
    }
}
