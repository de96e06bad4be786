using System.Diagnostics;
using System.Globalization;

namespace DeepGen;

/// <summary>
/// One line that says where a training is. On a terminal it is drawn over itself a few times a second; elsewhere it is written
/// as a line of its own every quarter of a minute. Letters are put into one buffer that is used again: a step makes no garbage.
/// </summary>
internal sealed class ProgressLine
{
    private const int BarWidth = 20;
    private const int End = 2;

    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(125);
    private static readonly TimeSpan NewLine = TimeSpan.FromSeconds(15);

    private readonly TextWriter _writer;
    private readonly bool _terminal;
    private readonly char[] _letters = new char[400];
    private long _drawn = Stopwatch.GetTimestamp();
    private int _count;
    private int _shown;

    public ProgressLine(TextWriter writer, bool terminal)
    {
        _writer = writer;
        _terminal = terminal;
    }

    /// <summary>Whether what is written to a writer appears on a terminal: known of the console's own two.</summary>
    public static bool IsTerminal(TextWriter writer) =>
        ReferenceEquals(writer, Console.Error) ? !Console.IsErrorRedirected : ReferenceEquals(writer, Console.Out) && !Console.IsOutputRedirected;

    public void Step(in TrainingProgress progress)
    {
        if (Stopwatch.GetElapsedTime(_drawn) >= (_terminal ? Redraw : NewLine))
        {
            Draw(progress);
        }
    }

    internal void Draw(in TrainingProgress progress)
    {
        _drawn = Stopwatch.GetTimestamp();
        Head(progress.Epoch, progress.Epochs);
        if (_terminal && progress.StepsPerEpoch > 0)
        {
            Bar(progress);
        }

        Put(" step ");
        Put(progress.Step);
        if (progress.StepsPerEpoch > 0)
        {
            Put("/");
            Put(progress.StepsPerEpoch);
        }

        Value("loss", progress.Loss);
        if (progress.MetricName.Length > 0)
        {
            Value(progress.MetricName, progress.Metric);
        }

        Put("  ");
        Put(progress.SamplesPerSecond, "N0");
        Put(" samples/s");
        if (progress.TimeLeft is { } left)
        {
            Put("  ");
            Time(left);
            Put(" left");
        }

        Finish(overwritten: _terminal);
    }

    /// <summary>The line that stays when an epoch is over.</summary>
    public void Epoch(EpochRecord record, int epochs)
    {
        Head(record.Epoch, epochs);
        foreach (var (name, value) in record.Values)
        {
            Value(name, value);
        }

        Put("  ");
        Put(record.Seconds, "0.0");
        Put(" s");
        Finish(overwritten: false);
    }

    /// <summary>Leaves the line that was drawn last where it is.</summary>
    public void Close()
    {
        if (_shown > 0)
        {
            _writer.WriteLine();
            _shown = 0;
        }
    }

    /// <summary>A sentence on a line of its own.</summary>
    public void Say(string sentence)
    {
        Put(sentence);
        Finish(overwritten: false);
    }

    private void Head(int epoch, int epochs)
    {
        Put("epoch ");
        Put(epoch);
        Put("/");
        Put(epochs);
    }

    private void Bar(in TrainingProgress progress)
    {
        int full = (int)((long)BarWidth * progress.Step / Math.Max(1, progress.StepsPerEpoch));
        Put(" [");
        for (int i = 0; i < BarWidth; i++)
        {
            Put(i < full ? "=" : i == full ? ">" : " ");
        }

        Put("]");
    }

    private void Value(string name, double value)
    {
        Put("  ");
        Put(name);
        Put(" ");
        bool share = name.EndsWith("accuracy", StringComparison.Ordinal) || name.EndsWith("calibration error", StringComparison.Ordinal);
        Put(share ? 100 * value : value, share ? "0.00" : Math.Abs(value) is >= 1e-3 and < 1e4 or 0 ? "0.0000" : "0.00e0");
        Put(share ? " %" : string.Empty);
    }

    private void Time(TimeSpan time)
    {
        if (time >= TimeSpan.FromHours(1))
        {
            Put((long)time.TotalHours);
            Put(":");
        }

        Put(time.Minutes, time >= TimeSpan.FromHours(1) ? "00" : "0");
        Put(":");
        Put(time.Seconds, "00");
    }

    private void Finish(bool overwritten)
    {
        int length = _count;
        if (_terminal)
        {
            for (int i = length; i < _shown; i++)
            {
                Put(" ");
            }
        }

        _shown = overwritten ? length : 0;
        string end = overwritten ? "\r" : _writer.NewLine;
        end.CopyTo(_letters.AsSpan(_count));
        _writer.Write(_letters, 0, _count + end.Length);
        _writer.Flush();
        _count = 0;
    }

    /// <summary>What does not fit is cut, but for the end of the line.</summary>
    private void Put(string text)
    {
        int fits = Math.Min(text.Length, _letters.Length - End - _count);
        text.AsSpan(0, fits).CopyTo(_letters.AsSpan(_count));
        _count += fits;
    }

    private void Put<T>(T number, string format = "")
        where T : ISpanFormattable
    {
        if (number.TryFormat(_letters.AsSpan(_count, _letters.Length - End - _count), out int written, format, CultureInfo.InvariantCulture))
        {
            _count += written;
        }
    }
}
