using DeepGen.Tests;

namespace DeepGen.Torch.Tests.Support;

/// <summary>The script that asks PyTorch, and whether it can be asked here: without PyTorch the script's exit code is 77.</summary>
internal static class Torch
{
    private const string Python = "/usr/bin/python3";
    private const int Skipped = 77;

    private static readonly Lazy<string?> s_whyNot = new(() =>
    {
        if (!File.Exists(Python))
            return $"{Python} is not there to run PyTorch (apt-get install python3-torch python3-numpy)";
        var asked = Run("--help");
        return asked.ExitCode == Skipped ? asked.Output.Trim() : null;
    });

    /// <summary>The reason for skipping; null where there is none.</summary>
    public static string? WhyNot => s_whyNot.Value;

    /// <summary>Debian's own interpreter: another one on the path would not see Debian's packages.</summary>
    public static CommandResult Run(string argument) =>
        CommandLine.Run(Python, Path.GetTempPath(), [], Repository.Folder("tests", "torch", "reference.py"), argument);
}

/// <summary>A theory that compares with PyTorch; where that is not installed it is skipped and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class TorchTheoryAttribute : TheoryAttribute
{
    public TorchTheoryAttribute() => Skip = Torch.WhyNot;
}
