namespace DeepGen.Tests;

internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("deepgen").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
