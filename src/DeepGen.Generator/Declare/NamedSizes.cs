using System.Collections.Immutable;
using System.Globalization;
using DeepGen.Generator.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DeepGen.Generator.Declare;

/// <summary>The sizes of an input: numbers, and names for which the class has a [Size].</summary>
internal static class NamedSizes
{
    public static InputSpec? Of(ModuleScope scope, PlacedAttribute attribute, string name, EquatableArray<double> numbers, InputLayout layout)
    {
        ImmutableArray<int> sizes = numbers.Select(s => (int)s).ToImmutableArray();
        if (attribute.Argument("Shape")!.Text is not { } text)
        {
            return new InputSpec(name, true, new(sizes), layout);
        }

        string[] symbols = text.Split(',');
        Place place = attribute.Arguments.First(a => a.Spec.Name == "Shape").Place;
        if (layout == InputLayout.Hwc)
        {
            scope.Report("DG0031", place, symbols.First(s => s.Length > 0), "the sizes of an interleaved image must be constants");
            return null;
        }

        for (int axis = 0; axis < symbols.Length; axis++)
        {
            if (symbols[axis].Length == 0)
            {
                continue;
            }

            if (Largest(scope, symbols[axis], place) is not int largest)
            {
                return null;
            }

            sizes = sizes.SetItem(axis, largest);
        }

        return new InputSpec(name, true, new(sizes), layout, symbols.ToEquatable());
    }

    private static int? Largest(ModuleScope scope, string symbol, Place place)
    {
        foreach (AttributeData declared in scope.Type.GetAttributes().Where(a => KnownTypes.Is(a.AttributeClass, "SizeAttribute")))
        {
            if (scope.Read(declared) is not { } size || size.Argument("Name")?.Text != symbol)
            {
                continue;
            }

            int largest = (int)(size.Argument("Largest")?.Numbers[0] ?? 0);
            string? wrong = !SyntaxFacts.IsValidIdentifier(symbol) || symbol == "B" ? "it must be a C# name other than B, which is the batch"
                : largest < 1 ? $"its largest value is {largest.ToString(CultureInfo.InvariantCulture)}; it must be at least 1"
                : null;
            if (wrong is null)
            {
                return largest;
            }

            scope.Report("DG0031", size.Place, symbol, wrong);
            return null;
        }

        scope.Report("DG0031", place, symbol, $"the class does not say how large it may be; write [Size(\"{symbol}\", 128)], with the largest value instead of 128");
        return null;
    }
}
