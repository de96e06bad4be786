using System.Collections.Immutable;
using DeepGen.Generator.Ir;

namespace DeepGen.Generator.Tests.Ops;

/// <summary>Every primitive of the compiler, found by reflection.</summary>
internal static class Primitives
{
    public static ImmutableArray<Type> All { get; } = typeof(Primitive).Assembly.GetTypes()
        .Where(t => t.IsSubclassOf(typeof(Primitive)) && !t.IsAbstract)
        .OrderBy(t => t.Name, StringComparer.Ordinal)
        .ToImmutableArray();
}
