using System.Collections.Immutable;
using System.Reflection;
using DeepGen.Generator;
using DeepGen.Generator.Check;
using DeepGen.Generator.Declare;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DeepGen.Compiled.Tests.Support;

/// <summary>Declarations compiled as a user's project would compile them, and loaded.</summary>
internal sealed class CompiledSource
{
    private readonly Assembly _assembly;
    private readonly Compilation _declared;

    private CompiledSource(Assembly assembly, Compilation declared, IReadOnlyDictionary<string, string> generated)
    {
        _assembly = assembly;
        _declared = declared;
        Generated = generated;
    }

    /// <summary>What the generator wrote, by file name.</summary>
    public IReadOnlyDictionary<string, string> Generated { get; }

    /// <summary>The bytes of IL of every method, by its full name.</summary>
    public IEnumerable<(string Name, int Bytes)> MethodSizes() =>
        from type in _assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        let body = method.GetMethodBody()
        where body is not null
        select ($"{type}.{method.Name}", body.GetILAsByteArray()!.Length);

    /// <exception cref="UnsoundException">The user's code is wrong, not the generator's.</exception>
    public static CompiledSource Load(string source)
    {
        CSharpCompilation declared = Compiler.Declare(source);
        List<NetworkSpec> networks =
        [
            .. declared.GetSymbolsWithName(_ => true, SymbolFilter.Type).OfType<INamedTypeSymbol>().Where(KnownTypes.IsNetwork).Select(n => Spec(n, declared)),
        ];
        (Compilation whole, GeneratorRunResult result) = Generate(declared);
        if (result.Exception is not null)
        {
            throw new InvalidOperationException($"{result.Exception}\n{source}");
        }

        Dictionary<string, string> generated = result.GeneratedSources.ToDictionary(g => g.HintName, g => g.SourceText.ToString());
        whole = whole.AddSyntaxTrees(CSharpSyntaxTree.ParseText(string.Join("\n", networks.Select(CallSource.For)), Compiler.ParseOptions));
        Assembly assembly = Compiler.Load(whole, () => networks.Count == 0 || IsWrong(declared)
            ? throw new UnsoundException(source)
            : source + "\n" + string.Join("\n", generated.Values));
        return new CompiledSource(assembly, declared, generated);
    }

    /// <summary>Whether a user's text has errors of its own.</summary>
    public static bool IsWrong(string source) => IsWrong(Compiler.Declare(source));

    /// <summary>Whether the user's code has errors of its own; that layer methods lack their bodies is none.</summary>
    private static bool IsWrong(Compilation declared) =>
        declared.GetDiagnostics().Any(d => d.Severity == DiagnosticSeverity.Error && d.Id != "CS8795");

    /// <summary>The compilation with the generator's files added, and what the generator has to say of its run.</summary>
    public static (Compilation Whole, GeneratorRunResult Result) Generate(Compilation declared)
    {
        GeneratorDriver driver = CSharpGeneratorDriver.Create(new NetworkGenerator()).WithUpdatedParseOptions(Compiler.ParseOptions);
        driver = driver.RunGeneratorsAndUpdateCompilation(declared, out Compilation whole, out _);
        return (whole, driver.GetRunResult().Results.Single());
    }

    /// <summary>Whether the declaration of a network has no findings; nothing is compiled.</summary>
    public static bool IsSound(string source, string name)
    {
        CSharpCompilation declared = Compiler.Declare(source);
        return declared.GetTypeByMetadataName(name) is { } type
            && NetworkDeclaration.Declare(type, declared, default).Spec is { } spec
            && Elaborator.Elaborate(spec).Findings.IsEmpty;
    }

    /// <summary>A new network of the class, its parameters drawn from the seed.</summary>
    /// <exception cref="UnsoundException">There is no such network.</exception>
    public RunningNetwork Create(string name, int seed = 7) => _declared.GetTypeByMetadataName(name) is { } type && KnownTypes.IsNetwork(type)
        ? new(_assembly.GetType(name)!, _assembly.GetType(CallSource.TypeName(name))!, Spec(type, _declared), seed)
        : throw new UnsoundException($"{name} is not a network.");

    private static NetworkSpec Spec(INamedTypeSymbol type, Compilation compilation)
    {
        Declaration declaration = NetworkDeclaration.Declare(type, compilation, default);
        IEnumerable<object> findings = declaration.Spec is { } spec ? Elaborator.Elaborate(spec).Findings : declaration.Findings;
        return findings.Any() || declaration.Spec is null ? throw new UnsoundException($"{type.Name}: {string.Join("; ", findings)}") : declaration.Spec;
    }
}

/// <summary>A declaration with findings, where a sound one was expected.</summary>
internal sealed class UnsoundException(string message) : Exception(message);
