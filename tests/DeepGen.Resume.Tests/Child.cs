using System.Diagnostics;
using System.Globalization;

namespace DeepGen.Resume.Tests;

/// <summary>A process that trains, from the moment at which it says that it begins.</summary>
internal sealed class Child : IDisposable
{
    private readonly Process _process;
    private readonly long _begun;

    private Child(Process process, long firstStep)
    {
        (_process, FirstStep) = (process, firstStep);
        _begun = Stopwatch.GetTimestamp();
    }

    /// <summary>The step it began at: 0, or the one that was found in the checkpoint.</summary>
    public long FirstStep { get; }

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_begun);

    public static Child Train(string folder)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Child).Assembly.Location, folder])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        var process = Process.Start(start)!;
        string line = process.StandardOutput.ReadLine() ?? "";
        if (line.StartsWith("step ", StringComparison.Ordinal))
            return new Child(process, long.Parse(line["step ".Length..], CultureInfo.InvariantCulture));

        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        throw new InvalidOperationException($"the child said '{line}' and ended with {process.ExitCode}:\n{error}");
    }

    /// <summary>SIGKILL, or TerminateProcess: nothing of the program runs after it. False if it was done before.</summary>
    public bool Kill()
    {
        _process.Kill();
        string rest = _process.StandardOutput.ReadToEnd();
        _process.WaitForExit();
        return rest.Length == 0;
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>The hash of its weights.</returns>
    public string Finish()
    {
        string hash = _process.StandardOutput.ReadToEnd().Trim(), error = _process.StandardError.ReadToEnd();
        _process.WaitForExit();
        Assert.True(_process.ExitCode == 0, error);
        Assert.Equal(16, hash.Length);
        return hash;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
