using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DeepGen.Tests;

/// <summary>docs/optimizers.md shows programs that compile, and leaves no optimiser, schedule or option out.</summary>
public class OptimizersDocumentTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "optimizers.md"));

    [Fact]
    public void Every_example_compiles()
    {
        var examples = Regex.Matches(Text, "```csharp\n(.*?)```", RegexOptions.Singleline).Select(m => m.Groups[1].Value).ToList();
        string program = "using System; using System.Collections.Generic; using DeepGen;\nstatic class Examples\n{\n"
            + string.Concat(examples.Select((body, i) =>
                $"static void Example{i}(ITrainable network, {(body.Contains("var batch ") ? "" : "Batch batch, ")}IEnumerable<Batch> batches)\n{{\n{body}}}\n"))
            + "}";
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            "examples", [CSharpSyntaxTree.ParseText(program)], references, new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Assert.Equal(9, examples.Count);
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
    }

    [Fact]
    public void Every_optimiser_and_schedule_and_option_is_named()
    {
        var classes = typeof(Optimizer).Assembly.GetExportedTypes()
            .Where(t => t.IsSealed && (t.IsSubclassOf(typeof(Optimizer)) || t.IsSubclassOf(typeof(Schedule)) || t == typeof(WeightAverage)));
        Assert.Equal(15, classes.Count());
        foreach (var type in classes)
        {
            Assert.Contains(type.Name, Text);
        }

        foreach (var option in classes.Where(t => t.IsSubclassOf(typeof(Optimizer))).SelectMany(t => t.GetConstructors().Single().GetParameters()))
        {
            Assert.Contains(option.Name + ":", Text);
        }
    }
}
