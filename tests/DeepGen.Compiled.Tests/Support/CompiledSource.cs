using System.Collections.Immutable;
using System.Reflection;
using DeepGen.Generator;
using DeepGen.Generator.Check;
using DeepGen.Generator.Declare;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DeepGen.Compiled.Tests.Support;

/// <summary>A declaration compiled as a user's project would compile it, and loaded.</summary>
internal sealed class CompiledSource
{
    private CompiledSource(Assembly assembly, Compilation declared, IReadOnlyDictionary<string, string> generated)
    {
        Assembly = assembly;
        Declared = declared;
        Generated = generated;
    }

    public Assembly Assembly { get; }

    /// <summary>The user's code alone.</summary>
    public Compilation Declared { get; }

    public IReadOnlyDictionary<string, string> Generated { get; }

    public static CompiledSource Load(string source)
    {
        CSharpCompilation declared = Compiler.Declare(source);
        (Compilation whole, GeneratorRunResult result) = Generate(declared);
        if (result.Exception is not null)
        {
            throw new InvalidOperationException($"{result.Exception}\n{source}");
        }

        Dictionary<string, string> generated = result.GeneratedSources.ToDictionary(g => g.HintName, g => g.SourceText.ToString());
        Assembly assembly = Compiler.Load(whole, () => source + "\n" + string.Join("\n", generated.Values));
        return new CompiledSource(assembly, declared, generated);
    }

    /// <summary>The compilation with the generator's files added, and what the generator has to say of its run.</summary>
    public static (Compilation Whole, GeneratorRunResult Result) Generate(Compilation declared)
    {
        GeneratorDriver driver = CSharpGeneratorDriver.Create(new NetworkGenerator()).WithUpdatedParseOptions(Compiler.ParseOptions);
        driver = driver.RunGeneratorsAndUpdateCompilation(declared, out Compilation whole, out _);
        return (whole, driver.GetRunResult().Results.Single());
    }

    public INetwork Create(string name, ulong seed) => (INetwork)Activator.CreateInstance(Assembly.GetType(name)!, seed)!;

    public NetworkSpec Spec(string name) =>
        NetworkDeclaration.Declare(Declared.GetTypeByMetadataName(name)!, Declared, default).Spec
        ?? throw new InvalidOperationException($"{name} is not a sound declaration.");

    public Elaboration Elaborate(string name) => Elaborator.Elaborate(Spec(name));
}
