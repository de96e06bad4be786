using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DeepGen.Tests;

/// <summary>docs/fit.md shows programs that compile, and leaves no option, metric or callback out.</summary>
public class FitDocumentTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "fit.md"));

    [Fact]
    public void Every_example_compiles()
    {
        var examples = Regex.Matches(Text, "```csharp\n(.*?)```", RegexOptions.Singleline).Select(m => m.Groups[1].Value).ToList();
        string program = "using System; using System.IO; using System.Threading; using DeepGen; using DeepGen.Data;\nstatic class Examples\n{\n"
            + string.Concat(examples.Select((body, i) => body.StartsWith("sealed class", StringComparison.Ordinal)
                ? body
                : $"static void Example{i}<T>(T network, DataSet data, DataSet validation) where T : class, ITrainable<T>\n{{\n{body}}}\n"))
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
    public void Every_option_metric_and_callback_is_named()
    {
        Assert.All(typeof(FitOptions).GetProperties(), p => Assert.Contains($"`{p.Name}`", Text));
        var classes = typeof(FitOptions).Assembly.GetExportedTypes()
            .Where(t => t.IsSealed && (t.IsSubclassOf(typeof(Metric)) || t.IsSubclassOf(typeof(TrainingCallback))) && t != typeof(TensorBoardLog))
            .ToList();
        Assert.Equal(10, classes.Count);
        Assert.All(classes, t => Assert.Contains(t.Name, Text));
    }
}
