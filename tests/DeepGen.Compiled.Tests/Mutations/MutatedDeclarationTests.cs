using DeepGen.Compiled.Tests.Support;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DeepGen.Compiled.Tests.Mutated;

/// <summary>
/// Programs edited at random, through the whole compiler: whatever C# accepts of them, it accepts with the generated code too,
/// be it a network's or the bodies that a declaration with findings gets.
/// </summary>
public sealed class MutatedDeclarationTests
{
    private const int Count = 2_000;

    /// <summary>Compiling takes far longer than generating: one in so many.</summary>
    private const int CompiledOneIn = 10;

    /// <summary>Layer methods without a body, which is the generator's to write.</summary>
    private const string BodyMissing = "CS8795";

    [Fact]
    public void What_compiles_compiles_with_the_generated_code()
    {
        var random = new Random(33);
        (int networks, int others) = (0, 0);
        for (int i = 0; i < Count; i++)
        {
            string source = MildMutations.Draw(i, random);
            CSharpCompilation declared = Compiler.Declare(source);
            if (Errors(declared).Any(e => e.Id != BodyMissing))
            {
                continue;
            }

            (Compilation whole, GeneratorRunResult result) = CompiledSource.Generate(declared);
            Assert.True(result.Exception is null, $"mutation {i}: {result.Exception}\n{source}");
            bool isNetwork = result.GeneratedSources.Any(g => g.HintName.Contains(".Kernels.", StringComparison.Ordinal));
            int number = isNetwork ? networks++ : others++;
            if (number % CompiledOneIn == 0)
            {
                Diagnostic[] errors = Errors(whole).ToArray();
                Assert.True(errors.Length == 0, $"mutation {i}: {string.Join("\n", errors.Take(5))}\n{source}\n{string.Join("\n", result.GeneratedSources.Select(g => g.SourceText))}");
            }
        }

        // Else hardly anything would have been tested.
        Assert.InRange(networks, Count / 10, Count);
        Assert.InRange(others, Count / 20, Count);
    }

    private static IEnumerable<Diagnostic> Errors(Compilation compilation) =>
        compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error);
}
