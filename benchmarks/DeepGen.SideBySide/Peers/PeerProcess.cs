using System.Diagnostics;
using System.Globalization;

namespace DeepGen.SideBySide.Peers;

/// <summary>A peer that lives in a process of its own and answers a line with a line; benchmarks/peers/peer.h has the protocol.</summary>
internal sealed class PeerProcess : IDisposable
{
    private const double NanosecondsPerSecond = 1e9;

    private readonly Process _process;
    private int _handles;

    /// <exception cref="PeerException">It does not start, or says why it cannot be had.</exception>
    public PeerProcess(string program, string[] arguments, IEnumerable<(string Name, string Value)> environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        try
        {
            _process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new PeerException(error.Message);
        }

        Name = Answer();
    }

    public string Name { get; }

    /// <summary>How long its threads have run so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Says on which processors its first thread may run, a bit for each; nothing if it has ended.</summary>
    public void Place(nint processors)
    {
        if ((OperatingSystem.IsLinux() || OperatingSystem.IsWindows()) && !_process.HasExited)
            _process.ProcessorAffinity = processors;
    }

    /// <summary>Loads an example to work on.</summary>
    /// <returns>What names it from now on.</returns>
    public string Prepare(Workload workload, string variant, string folder, double rate)
    {
        string handle = $"{++_handles}";
        Ask("prepare", handle, workload.Work.ToString().ToLowerInvariant(), variant, workload.Network, $"{workload.Batch}", folder, rate.ToString("r", CultureInfo.InvariantCulture));
        return handle;
    }

    public double Seconds(string handle, int count) =>
        double.Parse(Ask("time", handle, $"{count}"), CultureInfo.InvariantCulture) / NanosecondsPerSecond;

    public void Result(string handle, string file, int steps) => Ask("result", handle, file, $"{steps}");

    public void Drop(string handle) => Ask("drop", handle);

    /// <exception cref="PeerException">It says no, or nothing any more.</exception>
    public string Ask(params string[] words)
    {
        try
        {
            _process.StandardInput.WriteLine(string.Join('\t', words));
            _process.StandardInput.Flush();
        }
        catch (IOException)
        {
            throw new PeerException("it has ended");
        }

        return Answer();
    }

    public void Dispose()
    {
        try
        {
            _process.StandardInput.WriteLine("quit");
            _process.StandardInput.Close();
            if (!_process.WaitForExit(TimeSpan.FromSeconds(5)))
                _process.Kill();
        }
        catch (IOException)
        {
            // It has ended by itself.
        }

        _process.Dispose();
    }

    private string Answer()
    {
        string answer = _process.StandardOutput.ReadLine() ?? throw new PeerException("it has ended");
        string[] parts = answer.Split('\t', 2);
        string rest = parts.Length > 1 ? parts[1] : "";
        return parts[0] == "ok" ? rest : throw new PeerException(rest);
    }
}

/// <summary>A peer cannot be had, or cannot do what it was asked for; the message says why.</summary>
internal sealed class PeerException(string message) : Exception(message);
