using DeepGen.Tests;

namespace DeepGen.Aot.Tests;

/// <summary>The sample under the JIT, and as many native builds of it as are asked for; the compiler itself is built once.</summary>
public sealed class SampleBuilds : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<string> _jit;

    public SampleBuilds() => _jit = new Lazy<string>(() =>
    {
        Dotnet("build", "jit").MustSucceed();
        return Path.Combine(_folder.Path, "jit", "FirstNetwork.dll");
    });

    internal CommandResult Publish(string instructionSet) =>
        Dotnet("publish", instructionSet, "-r", "linux-x64", "-p:NativeAot=true", $"-p:IlcInstructionSet={instructionSet}");

    internal string NativeProgram(string instructionSet) => Path.Combine(_folder.Path, instructionSet, "FirstNetwork");

    internal CommandResult RunNative(string instructionSet) => CommandLine.Run(NativeProgram(instructionSet), _folder.Path, []).MustSucceed();

    internal CommandResult RunJit(params (string Name, string Value)[] settings) => CommandLine.Run("dotnet", _folder.Path, settings, _jit.Value).MustSucceed();

    public void Dispose() => _folder.Dispose();

    private CommandResult Dotnet(string command, string output, params string[] more) => CommandLine.Dotnet(
        Repository.Root,
        [command, "samples/FirstNetwork", "-c", "Release", "--nologo", "--disable-build-servers",
         "--artifacts-path", Path.Combine(_folder.Path, "artifacts"), "-o", Path.Combine(_folder.Path, output), .. more]);
}
