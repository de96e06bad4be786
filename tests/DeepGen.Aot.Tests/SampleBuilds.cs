using DeepGen.Tests;

namespace DeepGen.Aot.Tests;

/// <summary>A sample under the JIT, and as many native builds of it as are asked for; the compiler itself is built once.</summary>
public abstract class SampleBuilds : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly string _sample;
    private readonly string[] _arguments;
    private readonly Lazy<string> _jit;

    /// <param name="sample">Its name, which is that of its folder and program.</param>
    /// <param name="arguments">What it is run with.</param>
    private protected SampleBuilds(string sample, params string[] arguments)
    {
        _sample = sample;
        _arguments = arguments;
        _jit = new Lazy<string>(() =>
        {
            Dotnet("build", "jit").MustSucceed();
            return Path.Combine(_folder.Path, "jit", sample + ".dll");
        });
    }

    internal CommandResult Publish(string instructionSet) =>
        Dotnet("publish", Folder(instructionSet), "-r", "linux-x64", "-p:NativeAot=true", $"-p:IlcInstructionSet={instructionSet.Replace(",", "%2c")}", "-p:IlcGenerateMapFile=true");

    /// <summary>What the native program of the last publication consists of.</summary>
    internal string Map() => File.ReadAllText(Assert.Single(Directory.GetFiles(_folder.Path, _sample + ".map.xml", SearchOption.AllDirectories)));

    internal string NativeProgram(string instructionSet) => Path.Combine(_folder.Path, Folder(instructionSet), _sample);

    internal CommandResult RunNative(string instructionSet) => CommandLine.Run(NativeProgram(instructionSet), _folder.Path, [], _arguments).MustSucceed();

    internal CommandResult RunJit(params (string Name, string Value)[] settings) => CommandLine.Run("dotnet", _folder.Path, settings, [_jit.Value, .. _arguments]).MustSucceed();

    public void Dispose() => _folder.Dispose();

    /// <summary>A comma would end the folder's name on MSBuild's command line.</summary>
    private static string Folder(string instructionSet) => instructionSet.Replace(',', '-');

    private CommandResult Dotnet(string command, string output, params string[] more) => CommandLine.Dotnet(
        Repository.Root,
        [command, "samples/" + _sample, "-c", "Release", "--nologo", "--disable-build-servers",
         "--artifacts-path", Path.Combine(_folder.Path, "artifacts"), "-o", Path.Combine(_folder.Path, output), .. more]);
}

/// <summary>The small sample, which predicts and certifies.</summary>
public sealed class FirstNetworkBuilds() : SampleBuilds("FirstNetwork");

/// <summary>The sample that trains, for a short while.</summary>
public sealed class DigitsBuilds() : SampleBuilds("Digits", "--digits", "1000", "--epochs", "1", "--threads", "2");
