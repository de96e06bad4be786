using System.Runtime.InteropServices;

namespace DeepGen.Aot.Tests;

/// <summary>A theory that needs an x64 Linux machine with a C compiler to link with; elsewhere it is skipped and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class AotTheoryAttribute : TheoryAttribute
{
    public AotTheoryAttribute()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
            Skip = "Native AOT is tested on x64 Linux.";
        else if (!IsOnPath("gcc") && !IsOnPath("clang"))
            Skip = "Native AOT links with gcc or clang, and neither is on the path.";
    }

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
