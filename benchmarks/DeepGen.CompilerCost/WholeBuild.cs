extern alias Attributes;
extern alias Runtime;

using System.Diagnostics;
using DeepGen.Tests;

namespace DeepGen.CompilerCost;

/// <summary>Seconds of a whole <c>dotnet build</c> of a small console program, its compiler started anew.</summary>
internal sealed class WholeBuild
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deepgen-cost-").FullName;
    private readonly List<double> _seconds = [];

    /// <param name="deepGen">Whether the project references DeepGen; without networks too.</param>
    public WholeBuild(string title, bool deepGen, IEnumerable<Subject> subjects)
    {
        Title = title;
        File.WriteAllText(Path.Combine(_folder, "Small.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
              {(deepGen ? References() : "")}
            </Project>
            """);
        File.WriteAllText(Path.Combine(_folder, "Program.cs"), "Console.WriteLine(42);");
        foreach (Subject subject in subjects)
            File.WriteAllText(Path.Combine(_folder, subject.Name + ".cs"), subject.Source);
        Dotnet("restore");
    }

    public string Title { get; }

    public IReadOnlyList<double> Seconds => _seconds;

    public void Measure() => _seconds.Add(Dotnet("build", "-c", "Release", "--no-restore", "--no-incremental", "-p:UseSharedCompilation=false"));

    public void Delete() => Directory.Delete(_folder, recursive: true);

    /// <summary>What the package would bring.</summary>
    private static string References()
    {
        string attributes = typeof(Attributes::DeepGen.NetworkAttribute).Assembly.Location;
        string CompilerPart(string name) => Repository.Folder("src", name, "bin", "Release", "netstandard2.0", name + ".dll");
        return $"""
            <ItemGroup>
                <Using Include="DeepGen" />
                <Reference Include="{attributes}" />
                <Reference Include="{typeof(Runtime::DeepGen.Trainer).Assembly.Location}" />
                <Analyzer Include="{attributes}" />
                <Analyzer Include="{CompilerPart("DeepGen.Generator")}" />
                <Analyzer Include="{CompilerPart("DeepGen.CodeFixes")}" />
              </ItemGroup>
            """;
    }

    private double Dotnet(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = _folder, RedirectStandardOutput = true };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        long begin = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? Stopwatch.GetElapsedTime(begin).TotalSeconds : throw new InvalidOperationException(output);
    }
}
