using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DeepGen.Generator.Tests.Incremental;

/// <summary>What an edit makes the generator do: read again always, compile only what changed its meaning.</summary>
public sealed class StepTests
{
    private const string Nets = """
        [Network, Input(4), Dense(3), Use<Part>]
        public sealed partial class First;

        [Network]
        public sealed partial class Second
        {
            [Dense(2)] private partial Tensor Encode(Tensor x);
            private Tensor Forward([Shape(4)] Tensor x) => Relu(Encode(x));
        }
        """;

    private const string Part = "[Block, Dense, Relu] partial class Part;";
    private const string Other = "public class Other { public int Number => 1; }";

    [Fact]
    public void A_comment_compiles_nothing() =>
        Assert.Equal(["First: Cached", "Part: Cached", "Second: Cached"], Compiles(Nets.Replace("public", "/* hers */ public"), Part, Other));

    [Fact]
    public void Moved_lines_compile_nothing() =>
        Assert.Equal(["First: Cached", "Part: Cached", "Second: Cached"], Compiles("\n\n\n" + Nets.Replace("\n", "\n\n"), Part, Other));

    [Fact]
    public void An_edit_in_another_file_compiles_nothing() =>
        Assert.Equal(["First: Cached", "Part: Cached", "Second: Cached"], Compiles(Nets, Part, Other.Replace("1", "2")));

    [Fact]
    public void What_is_read_again_is_the_same_as_before()
    {
        Assert.Equal(["First: Cached", "Part: Cached", "Second: Cached"], Reads(Nets.Replace("public", "/* hers */ public"), Part, Other));
        Assert.Equal(["First: Cached", "Part: Cached", "Second: Cached"], Reads("\n\n\n" + Nets.Replace("\n", "\n\n"), Part, Other));
        Assert.Equal(["First: Cached", "Part: Cached", "Second: Cached"], Reads(Nets, Part, Other.Replace("1", "2")));
        Assert.Equal(["First: Cached", "Part: Cached", "Second: Modified"], Reads(Nets.Replace("Dense(2)", "Dense(5)"), Part, Other));
    }

    [Fact]
    public void Another_width_compiles_that_network_alone() =>
        Assert.Equal(["First: Cached", "Part: Cached", "Second: Modified"], Compiles(Nets.Replace("Dense(2)", "Dense(5)"), Part, Other));

    [Fact]
    public void A_change_of_a_block_compiles_the_networks_that_use_it() =>
        Assert.Equal(["First: Modified", "Part: Cached", "Second: Cached"], Compiles(Nets, Part.Replace("Relu", "Tanh"), Other));

    [Fact]
    public void What_the_generator_adds_changes_nothing_that_is_said()
    {
        var program = new UserProgram(Nets, Part, Other.Replace("1;", "Relu(null!) is null ? 1 : 2;"));
        Driver().RunGeneratorsAndUpdateCompilation(program.Compilation, out Compilation after, out ImmutableArray<Diagnostic> complaints);
        Assert.Empty(complaints);
        Assert.True(after.SyntaxTrees.Count() > program.Compilation.SyntaxTrees.Length);
        Assert.Equal(program.Diagnose().Select(d => d.ToString()), UserProgram.Diagnose(after).Select(d => d.ToString()));
    }

    [Fact]
    public void A_class_marked_twice_is_written_once()
    {
        var program = new UserProgram("[Block, Dense] partial class Part; [Block, Relu] partial class Part;", "[Block] partial class Part;");
        GeneratorRunResult result = Driver().RunGenerators(program.Compilation).GetRunResult().Results[0];
        Assert.Null(result.Exception);
        Assert.Equal("Part.g.cs", Assert.Single(result.GeneratedSources).HintName);
    }

    /// <summary>Why each class was compiled, or was not, on the second run.</summary>
    private static IEnumerable<string> Compiles(params string[] files) =>
        Reasons(files, NetworkGenerator.CompileStep, value => ((Emit.KernelSource)value).HintName);

    /// <summary>What came of reading each class on the second run.</summary>
    private static IEnumerable<string> Reads(params string[] files) =>
        Reasons(files, NetworkGenerator.DeclareStep, value => (((Declare.ClassSpec? Class, Declare.NetworkSpec?))value).Class!.Name);

    private static IEnumerable<string> Reasons(string[] files, string step, Func<object, string> name)
    {
        CSharpCompilation before = new UserProgram(Nets, Part, Other).Compilation;
        CSharpCompilation after = before;
        for (int i = 0; i < files.Length; i++)
        {
            SyntaxTree tree = before.SyntaxTrees[i + 1];
            after = files[i] == tree.ToString() ? after : after.ReplaceSyntaxTree(tree, UserProgram.Parse(files[i], tree.FilePath));
        }

        GeneratorDriver driver = Driver().RunGenerators(before).RunGenerators(after);
        return driver.GetRunResult().Results[0].TrackedSteps[step]
            .SelectMany(s => s.Outputs)
            .Select(o => $"{name(o.Value)}: {o.Reason}")
            .Order(StringComparer.Ordinal)
            .ToList();
    }

    private static GeneratorDriver Driver() => CSharpGeneratorDriver.Create(
        [new NetworkGenerator().AsSourceGenerator()],
        parseOptions: new CSharpParseOptions(LanguageVersion.Latest),
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
}
