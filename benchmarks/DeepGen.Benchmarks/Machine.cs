using System.Runtime.InteropServices;

namespace DeepGen.Benchmarks;

/// <summary>What a reader needs to know to compare these figures with others.</summary>
internal static class Machine
{
    public static string Describe() =>
        $"{Processor()}, {Environment.ProcessorCount} logical processors, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}";

    private static string Processor()
    {
        const string Records = "/proc/cpuinfo";
        string? line = File.Exists(Records) ? File.ReadLines(Records).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line is null ? RuntimeInformation.ProcessArchitecture.ToString() : line[(line.IndexOf(':') + 1)..].Trim();
    }
}
