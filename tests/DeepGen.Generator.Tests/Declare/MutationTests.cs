using DeepGen.Generator.Declare;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DeepGen.Generator.Tests.Declarations;

/// <summary>
/// People type: most of the time a program is broken somewhere. Whatever is broken, reading it must not fail, and what is
/// whole again must have a meaning or a reason for having none.
/// </summary>
public sealed class MutationTests
{
    private const int Count = 2_000;

    [Fact]
    public void Declarations_broken_in_any_way_are_read_without_failing()
    {
        var random = new Random(20);
        int withMeaning = 0;
        for (int i = 0; i < Count; i++)
        {
            string source = Mutations.Draw(i, random);

            try
            {
                withMeaning += Read(source);
            }
            catch (Exception exception)
            {
                Assert.Fail($"Mutation {i} makes the compiler fail with {exception}\n{source}");
            }
        }

        // Most single edits leave something readable; if none did, nothing would have been tested.
        Assert.InRange(withMeaning, Count / 20, Count);
    }

    [Fact]
    public void The_originals_are_fine() => Assert.All(Mutations.Originals, source =>
    {
        var program = new UserProgram(source);
        Assert.Empty(program.Errors);
        Assert.Empty(program.Diagnose());
        Assert.Equal(1, Read(source));
    });

    /// <summary>1 if the network has a meaning.</summary>
    private static int Read(string source)
    {
        var program = new UserProgram(source);
        bool complained = program.Diagnose().Any();
        GeneratorDriver driver = CSharpGeneratorDriver.Create(new NetworkGenerator()).RunGenerators(program.Compilation);
        Assert.Null(driver.GetRunResult().Results[0].Exception);
        int count = 0;
        foreach (INamedTypeSymbol type in program.Compilation.GetSymbolsWithName(_ => true, SymbolFilter.Type).OfType<INamedTypeSymbol>())
        {
            if (KnownTypes.IsNetwork(type))
            {
                Declaration declaration = NetworkDeclaration.Declare(type, program.Compilation, default);
                Assert.True(declaration.Spec is null || declaration.Findings.All(f => !f.IsError));
                bool explained = declaration.Spec is not null || complained || program.Errors.Any();
                Assert.True(explained, "a network has no meaning and nobody says why");
                count = declaration.Spec is null ? count : 1;
            }
            else if (KnownTypes.IsBlock(type))
            {
                BlockDeclaration.Declare(type, program.Compilation, default);
            }
        }

        return count;
    }
}
