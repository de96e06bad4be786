using System.Reflection;
using System.Text.RegularExpressions;
using DeepGen.Compiled.Tests.Support;
using DeepGen.Tests;
using Microsoft.CodeAnalysis;

namespace DeepGen.Compiled.Tests.Documents;

/// <summary>
/// The examples of a document as one program: classes stand as they are, statements become the bodies of methods, which see what
/// the text takes for granted as fields. It is compiled as a user's project would be, generator and all.
/// </summary>
internal sealed class DocumentedProgram
{
    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using DeepGen;
        using DeepGen.Data;
        using DeepGen.Text;
        using static DeepGen.Ops;

        """;

    private readonly Compilation _whole;

    /// <param name="path">The document, below the repository's root.</param>
    /// <param name="fields">What the examples take for granted.</param>
    public DocumentedProgram(string path, string fields)
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, path));
        Examples = [.. Regex.Matches(text, "```csharp\n(.*?)```", RegexOptions.Singleline).Select(m => m.Groups[1].Value)];
        Headings = [.. Regex.Matches(text, "^## (.*)$|```csharp\n", RegexOptions.Multiline)
            .Aggregate((Heading: "", All: new List<string>()), (s, m) =>
            {
                s.All.AddRange(m.Groups[1].Success ? [] : [s.Heading]);
                return (m.Groups[1].Success ? m.Groups[1].Value : s.Heading, s.All);
            }).All];
        string declarations = string.Concat(Examples.Where(IsDeclaration).Select(e => e.Replace("using DeepGen;\n", "", StringComparison.Ordinal)));
        string methods = string.Concat(Examples.Select((e, i) => IsDeclaration(e) ? "" : $"public static {(e.Contains("await ", StringComparison.Ordinal) ? "async Task" : "void")} Example{i}()\n{{\n{e}}}\n"));
        Compilation declared = Compiler.Parse("Documented", Usings + declarations, $"{Usings}public static class Examples\n{{\n{fields}\n{methods}}}\n");
        (_whole, GeneratorRunResult result) = CompiledSource.Generate(declared);
        Networks = [.. Regex.Matches(declarations, @"\[Network\b.*?class (\w+)", RegexOptions.Singleline).Select(m => m.Groups[1].Value)];
        Trained = [.. result.GeneratedSources.Select(s => s.HintName).Where(n => n.EndsWith(".Training.g.cs", StringComparison.Ordinal)).Select(n => n[..^".Training.g.cs".Length])];
    }

    public IReadOnlyList<string> Examples { get; }

    /// <summary>The section of each example.</summary>
    public IReadOnlyList<string> Headings { get; }

    /// <summary>The networks that are declared.</summary>
    public IReadOnlyList<string> Networks { get; }

    /// <summary>The networks whose training was written.</summary>
    public IReadOnlyList<string> Trained { get; }

    /// <summary>What the compiler has to say of the whole program.</summary>
    public IEnumerable<string> Complaints() => _whole.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning).Select(d => d.ToString());

    /// <summary>The class with the examples' methods, loaded.</summary>
    public Type Load() => Compiler.Load(_whole, () => "").GetType("Examples")!;

    /// <summary>Runs the statements of a section.</summary>
    public void Run(Type loaded, string heading)
    {
        for (int i = 0; i < Examples.Count; i++)
        {
            if (Headings[i] == heading && loaded.GetMethod($"Example{i}", BindingFlags.Public | BindingFlags.Static) is { } example)
            {
                example.CreateDelegate<Action>()();
            }
        }
    }

    private static bool IsDeclaration(string example) => example.Contains("partial class ", StringComparison.Ordinal);
}
