using DeepGen.Tests;

namespace DeepGen.Package.Tests;

/// <summary>A stranger's view: a package, a fresh project, and what the build says.</summary>
[Collection(nameof(PackageFeed))]
public sealed class PackageTests(PackageFeed feed)
{
    // Weights chosen so that every sum is exact in float32: the printed text has one right answer.
    private const string Program = """
        using DeepGen;

        var network = new Corner(seed: 1);
        network.Parameters["0.weight"].Write([1, 2, -1, 0.5f, 3, -4]);
        network.Parameters["0.bias"].Write([0.25f, -1, 2]);
        network.Parameters["2.weight"].Write([1, -1, 0.5f]);
        network.Parameters["2.bias"].Write([0.125f]);

        var output = new float[3];
        network.Predict([1, 1, 2, -1, 0, 0], output);
        Console.WriteLine(string.Join(' ', output));

        float[] lower = new float[1], upper = new float[1];
        network.Certify([1, 1], 0.25f, lower, upper);
        Console.WriteLine(lower[0] <= output[0] && output[0] <= upper[0] ? "certified" : "outside its bounds");
        Console.WriteLine(Corner.ParameterCount);

        [Network, Input(2)]
        [Dense(3), Relu, Dense(1)]
        [Certify]
        public sealed partial class Corner;
        """;

    [Fact]
    public void The_package_holds_the_libraries_the_compiler_and_the_build_files()
    {
        string[] expected =
        [
            "LICENSE", "README.md",
            "analyzers/dotnet/cs/DeepGen.Attributes.dll", "analyzers/dotnet/cs/DeepGen.CodeFixes.dll", "analyzers/dotnet/cs/DeepGen.Generator.dll",
            "build/DeepGen.props", "build/DeepGen.targets", "buildTransitive/DeepGen.props", "buildTransitive/DeepGen.targets",
            "lib/net10.0/DeepGen.Attributes.dll", "lib/net10.0/DeepGen.Attributes.xml", "lib/net10.0/DeepGen.Runtime.dll", "lib/net10.0/DeepGen.Runtime.xml",
            "lib/net9.0/DeepGen.Attributes.dll", "lib/net9.0/DeepGen.Attributes.xml", "lib/net9.0/DeepGen.Runtime.dll", "lib/net9.0/DeepGen.Runtime.xml",
        ];

        var contents = feed.Contents();

        Assert.Equal(expected, contents.Where(name => !name.StartsWith("docs/")));
        Assert.Contains("docs/diagnostics/DG0015.md", contents);
    }

    [Fact]
    public void A_fresh_project_builds_without_warnings_and_predicts_what_its_weights_say()
    {
        var project = feed.NewProject("Fresh", Program);

        project.Build().MustSucceed();
        string output = project.Run().MustSucceed().Output;

        // (1, 1): hidden 3.25, 0, 1. (2, -1): hidden 0.25, 0, 12. (0, 0): hidden 0.25, 0, 2.
        Assert.Equal("3.875 6.375 1.375\ncertified\n13\n", output);
    }

    [Fact]
    public void A_class_that_is_not_partial_is_reported_through_the_package()
    {
        var project = feed.NewProject("NotPartial", """
            using DeepGen;

            Console.WriteLine("never built");

            [Network, Input(2)]
            [Dense(3)]
            public sealed class Fixed;
            """);

        var build = project.Build();

        Assert.NotEqual(0, build.ExitCode);
        Assert.Contains("Program.cs(7,21): error DG0001", build.Output);
    }

    [Fact]
    public void Publishing_AOT_without_an_instruction_set_is_warned_about()
    {
        var project = feed.NewProject("Aot", Program, "<TreatWarningsAsErrors>false</TreatWarningsAsErrors>");
        CheckTarget("-p:RuntimeIdentifier=linux-x64", expected: true);
        CheckTarget("-p:RuntimeIdentifier=linux-x64 -p:IlcInstructionSet=native", expected: false);
        CheckTarget("-p:RuntimeIdentifier=linux-arm64", expected: false);

        // The target alone: a whole publish would download the AOT toolchain to learn the same.
        void CheckTarget(string properties, bool expected)
        {
            CommandLine.Dotnet(project.Folder, "restore", "--nologo").MustSucceed();
            string output = CommandLine.Dotnet(
                project.Folder, ["msbuild", "-nologo", "-t:DeepGenCheckInstructionSet", "-p:PublishAot=true", .. properties.Split(' ')]).MustSucceed().Output;
            Assert.Equal(expected, output.Contains("warning DG0015"));
            Assert.Equal(expected, output.Contains("docs/diagnostics/DG0015.md"));
        }
    }

    [Fact]
    public void DeepGenDumpIr_leaves_every_stage_among_the_generated_files()
    {
        var project = feed.NewProject("Dump", Program, "<DeepGenDumpIr>true</DeepGenDumpIr>");

        project.Build().MustSucceed();

        string everything = string.Concat(project.GeneratedFiles().Select(File.ReadAllText));
        foreach (string stage in (string[])["declared: Corner", "layers", "predict, weights split off", "certify, weights split off", "prepare"])
            Assert.Contains($"// == {stage} ==", everything);
        Assert.Contains("matmul %0, %2 : f32[B,3]", everything);
    }
}
