using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace DeepGen.Generator.Tests.Diagnostics;

/// <summary>One id: programs that are wrong in one way, and exactly what is said about them, where.</summary>
public abstract class DiagnosticTest
{
    /// <summary>The id under test, from the name of the class: "DG0001Tests".</summary>
    private string Id => GetType().Name[..6];

    /// <summary>The program compiles, and this one sentence, with this squiggle, is all that is said.</summary>
    private protected void Says(string message, string at, params string[] files) => SaysAll([(message, at)], files);

    private protected void SaysAll((string Message, string At)[] expected, params string[] files)
    {
        var program = new UserProgram(files);
        Assert.Empty(program.Errors);
        ImmutableArray<Diagnostic> actual = program.Diagnose();
        Assert.Equal(string.Join('\n', expected.Select(e => $"{Id} at '{e.At}': {e.Message}")), string.Join('\n', actual.Select(Line)));
        Assert.All(actual, d => Assert.Same(Generator.Diagnostics.Descriptors.Of(Id), d.Descriptor));
    }

    private protected static void IsFine(params string[] files)
    {
        var program = new UserProgram(files);
        Assert.Empty(program.Errors);
        Assert.Empty(program.Diagnose().Select(Line));
    }

    private static string Line(Diagnostic diagnostic)
    {
        Location location = diagnostic.Location;
        string text = location.SourceTree!.GetText().ToString(location.SourceSpan);
        return $"{diagnostic.Id} at '{text}': {diagnostic.GetMessage()}";
    }
}
