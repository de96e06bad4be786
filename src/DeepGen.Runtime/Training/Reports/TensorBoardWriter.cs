using System.Globalization;

namespace DeepGen;

/// <summary>
/// Curves for TensorBoard: a file of events, each (time, step, tag, value), that grows while training runs. TensorBoard joins the
/// files of a folder, so a resumed run goes on in a file of its own.
/// </summary>
public sealed class TensorBoardWriter : IDisposable
{
    private readonly FileStream _file;
    private readonly TimeProvider _clock;
    private readonly EventEncoder _encoder = new();

    /// <summary>Begins a file.</summary>
    /// <param name="folder">The folder of the run, made if there is none.</param>
    /// <param name="clock">Where the times come from; the machine's clock if left out.</param>
    public TensorBoardWriter(string folder, TimeProvider? clock = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        _clock = clock ?? TimeProvider.System;
        Directory.CreateDirectory(folder);
        _file = Create(folder, _clock.GetUtcNow().ToUnixTimeSeconds());
        _file.Write(_encoder.Version(Seconds));
        Flush();
    }

    /// <summary>The file.</summary>
    public string Path => _file.Name;

    private double Seconds => (_clock.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds;

    /// <summary>Adds a point to a curve. Nothing is allocated once the longest tag has been seen.</summary>
    /// <param name="tag">The name of the curve; what stands before a '/' groups curves.</param>
    /// <param name="step">Where.</param>
    /// <param name="value">How high.</param>
    public void Scalar(string tag, long step, float value)
    {
        ArgumentException.ThrowIfNullOrEmpty(tag);
        _file.Write(_encoder.Scalar(Seconds, step, tag, value));
    }

    /// <summary>Hands everything to the operating system, so that TensorBoard can see it.</summary>
    public void Flush() => _file.Flush();

    /// <summary>Ends the file.</summary>
    public void Dispose() => _file.Dispose();

    /// <summary>Readers sort by name and want the seconds first; two writers of one second get two numbers.</summary>
    private static FileStream Create(string folder, long seconds)
    {
        for (int number = 0; ; number++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"events.out.tfevents.{seconds:d10}.{Environment.MachineName}.{number}");
            string path = System.IO.Path.Combine(folder, name);
            if (!File.Exists(path))
            {
                try
                {
                    return new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
                }
                catch (IOException) when (File.Exists(path))
                {
                    // Another writer was faster.
                }
            }
        }
    }
}
