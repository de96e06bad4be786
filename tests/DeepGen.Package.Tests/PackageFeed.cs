using System.IO.Compression;
using DeepGen.Tests;

namespace DeepGen.Package.Tests;

/// <summary>The package as it would be published, built once into a feed of its own, away from the repository's output.</summary>
public sealed class PackageFeed : IDisposable
{
    // No released version: a cached DeepGen package must never stand in for the one under test.
    private const string Version = "0.0.0-under-test";
    private readonly TemporaryFolder _folder = new();

    public PackageFeed()
    {
        CommandLine.Dotnet(
            Repository.Root, "pack", "src/DeepGen/DeepGen.csproj", "-c", "Release", "-v", "quiet", "--nologo", "--disable-build-servers",
            "--artifacts-path", Path.Combine(_folder.Path, "artifacts"), "-o", Path.Combine(_folder.Path, "feed"), $"-p:Version={Version}").MustSucceed();
    }

    /// <summary>Every file of the package, packaging records left out, in ordinal order.</summary>
    public IReadOnlyList<string> Contents()
    {
        using var package = ZipFile.OpenRead(Path.Combine(_folder.Path, "feed", $"DeepGen.{Version}.nupkg"));
        return [.. package.Entries.Select(entry => entry.FullName)
            .Where(name => !name.StartsWith("_rels/") && !name.StartsWith("package/") && !name.EndsWith(".nuspec") && name != "[Content_Types].xml")
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>A console project that knows the feed and the default sources, nothing else.</summary>
    internal ConsumerProject NewProject(string name, string program, string properties = "")
    {
        _folder.Write(Path.Combine(name, "nuget.config"), $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{Path.Combine(_folder.Path, "packages")}" /></config>
              <packageSources><add key="under-test" value="{Path.Combine(_folder.Path, "feed")}" /></packageSources>
            </configuration>
            """);
        _folder.Write(Path.Combine(name, "Program.cs"), program);
        string project = _folder.Write(Path.Combine(name, $"{name}.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="DeepGen" Version="{Version}" />
              </ItemGroup>
            </Project>
            """);
        return new ConsumerProject(Path.GetDirectoryName(project)!);
    }

    public void Dispose() => _folder.Dispose();
}

/// <summary>One package for all tests of it.</summary>
[CollectionDefinition(nameof(PackageFeed))]
public sealed class PackageCollection : ICollectionFixture<PackageFeed>;

/// <summary>A project that uses the package the way a user's does.</summary>
internal sealed record ConsumerProject(string Folder)
{
    public CommandResult Build(params string[] arguments) =>
        CommandLine.Dotnet(Folder, ["build", "-c", "Release", "--nologo", "--disable-build-servers", .. arguments]);

    public CommandResult Run() =>
        CommandLine.Dotnet(Folder, Path.Combine("bin", "Release", "net10.0", Path.GetFileName(Folder) + ".dll"));

    public IEnumerable<string> GeneratedFiles() =>
        Directory.EnumerateFiles(Path.Combine(Folder, "obj"), "*.cs", SearchOption.AllDirectories).Where(path => path.Contains("DeepGen.Generator"));
}
