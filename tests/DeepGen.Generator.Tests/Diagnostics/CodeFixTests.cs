using DeepGen.CodeFixes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;

namespace DeepGen.Generator.Tests.Diagnostics;

public sealed class CodeFixTests
{
    [Theory]
    [InlineData("public sealed class Net;", "public sealed partial class Net;")]
    [InlineData("class Net;", "partial class Net;")]
    [InlineData("// Mine.\nclass Net { }", "// Mine.\npartial class Net { }")]
    public Task The_class_becomes_partial(string before, string after) =>
        Becomes(new MakePartialFix(), "[Network, Input(4), Dense(2)]\n" + before, "[Network, Input(4), Dense(2)]\n" + after);

    [Fact]
    public Task Flatten_goes_before_Dense() => Becomes(
        new InsertFlattenFix(),
        """
        [Network, Input(1, 8, 8)]
        [Conv2D(8, 3), Relu]
        [Dense(10), Softmax]
        public sealed partial class Net;
        """,
        """
        [Network, Input(1, 8, 8)]
        [Conv2D(8, 3), Relu]
        [Flatten, Dense(10), Softmax]
        public sealed partial class Net;
        """);

    [Fact]
    public Task Flatten_goes_between_layers() => Becomes(
        new InsertFlattenFix(),
        """
        [Network, Input(1, 8, 8), Conv2D(8, 3), Dense(10), Softmax]
        public sealed partial class Net;
        """,
        """
        [Network, Input(1, 8, 8), Conv2D(8, 3), Flatten, Dense(10), Softmax]
        public sealed partial class Net;
        """);

    [Fact]
    public Task In_Forward_the_argument_is_flattened() => Becomes(
        new InsertFlattenFix(),
        """
        [Network]
        public sealed partial class Net
        {
            [Dense(10)] private partial Tensor Score(Tensor x);
            Tensor Forward([Shape(1, 8, 8)] Tensor x) => Score(x + x);
        }
        """,
        """
        [Network]
        public sealed partial class Net
        {
            [Dense(10)] private partial Tensor Score(Tensor x);
            Tensor Forward([Shape(1, 8, 8)] Tensor x) => Score(Flatten(x + x));
        }
        """);

    [Fact]
    public Task A_network_gets_an_input() => Becomes(
        new AddInputFix(),
        """
        [Network]
        [Dense(2)]
        public sealed partial class Net;
        """,
        """
        [Network, Input(784)]
        [Dense(2)]
        public sealed partial class Net;
        """);

    [Fact]
    public Task A_parameter_gets_a_shape() => Becomes(
        new AddInputFix(),
        """
        [Network]
        public sealed partial class Net
        {
            Tensor Forward([Shape(784)] Tensor x, Tensor y) => x + y;
        }
        """,
        """
        [Network]
        public sealed partial class Net
        {
            Tensor Forward([Shape(784)] Tensor x, [Shape(784)] Tensor y) => x + y;
        }
        """);

    [Fact]
    public Task Scattered_layers_come_together() => Becomes(
        new GatherLayersFix(),
        """
        [Network, Input(4), Dense(2)]
        public sealed partial class Net;

        // The rest.
        [Relu, Dense(3)]
        [Softmax]
        partial class Net;
        """,
        """
        [Network, Input(4), Dense(2)]
        [Relu, Dense(3)]
        [Softmax]
        public sealed partial class Net;

        // The rest.
        partial class Net;
        """);

    /// <summary>Applies the fix to the one diagnostic it is for; afterwards nothing is left to say.</summary>
    private static async Task Becomes(CodeFixProvider fix, string before, string after)
    {
        var program = new UserProgram(before);
        using var workspace = new AdhocWorkspace();
        Project project = workspace.AddProject("App", LanguageNames.CSharp)
            .WithCompilationOptions(program.Compilation.Options)
            .WithParseOptions(new CSharpParseOptions(LanguageVersion.Latest))
            .AddMetadataReferences(UserProgram.Platform)
            .AddDocument("Usings.cs", await program.Compilation.SyntaxTrees[0].GetTextAsync(), filePath: "Usings.cs").Project;
        Document document = project.AddDocument("File0.cs", before, filePath: "File0.cs");
        Diagnostic diagnostic = Assert.Single(UserProgram.Diagnose((await document.Project.GetCompilationAsync())!));
        Assert.Contains(diagnostic.Id, fix.FixableDiagnosticIds);

        var actions = new List<CodeAction>();
        await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), default));
        var operations = await Assert.Single(actions).GetOperationsAsync(default);
        Solution changed = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution;
        document = changed.GetDocument(document.Id)!;
        Assert.Equal(after, (await document.GetTextAsync()).ToString());
        Assert.Empty(UserProgram.Diagnose((await document.Project.GetCompilationAsync())!));
    }
}
