using System.Diagnostics;

namespace DeepGen;

/// <summary>
/// One line that says where a training is. On a terminal it is drawn over itself a few times a second; elsewhere it is written
/// as a line of its own every quarter of a minute. A step makes no garbage.
/// </summary>
internal sealed class ProgressLine
{
    private const int BarWidth = 20;
    private const int WidthForBar = 100;

    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(125);
    private static readonly TimeSpan NewLine = TimeSpan.FromSeconds(15);

    private readonly TextWriter _writer;
    private readonly bool _terminal;
    private readonly LineBuffer _line = new();
    private long _drawn = Stopwatch.GetTimestamp();
    private readonly int _width;
    private int _shown;

    /// <param name="writer">Where the line goes.</param>
    /// <param name="terminal">Whether it can be drawn over itself.</param>
    /// <param name="width">How many letters a terminal's line has: a longer one would not be drawn over.</param>
    public ProgressLine(TextWriter writer, bool terminal, int width = int.MaxValue)
    {
        _writer = writer;
        _terminal = terminal;
        _width = width;
    }

    /// <summary>A line for a writer, which may be one of the console's own.</summary>
    public static ProgressLine For(TextWriter writer) => Terminal.Is(writer) ? new(writer, true, Terminal.Width()) : new(writer, false);

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
        if (_terminal && progress.StepsPerEpoch > 0 && _width >= WidthForBar)
        {
            Bar(progress);
        }

        _line.Put(" step ");
        _line.Put(progress.Step);
        if (progress.StepsPerEpoch > 0)
        {
            _line.Put("/");
            _line.Put(progress.StepsPerEpoch);
        }

        // What matters most comes first: a narrow terminal shows no more.
        if (progress.TimeLeft is { } left)
        {
            _line.Put("  ");
            Time(left);
            _line.Put(" left");
        }

        Value("loss", progress.Loss);
        if (progress.MetricName.Length > 0)
        {
            Value(progress.MetricName, progress.Metric);
        }

        _line.Put("  ");
        _line.Put(progress.SamplesPerSecond, "N0");
        _line.Put(" samples/s");
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

        _line.Put("  ");
        _line.Put(record.Seconds, "0.0");
        _line.Put(" s");
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
        _line.Put(sentence);
        Finish(overwritten: false);
    }

    private void Head(int epoch, int epochs)
    {
        _line.Put("epoch ");
        _line.Put(epoch);
        _line.Put("/");
        _line.Put(epochs);
    }

    private void Bar(in TrainingProgress progress)
    {
        int full = (int)((long)BarWidth * progress.Step / Math.Max(1, progress.StepsPerEpoch));
        _line.Put(" [");
        for (int i = 0; i < BarWidth; i++)
        {
            _line.Put(i < full ? "=" : i == full ? ">" : " ");
        }

        _line.Put("]");
    }

    private void Value(string name, double value)
    {
        _line.Put("  ");
        _line.Put(name);
        _line.Put(" ");
        bool share = name.EndsWith("accuracy", StringComparison.Ordinal) || name.EndsWith("calibration error", StringComparison.Ordinal);
        _line.Put(share ? 100 * value : value, share ? "0.00" : Math.Abs(value) is >= 1e-3 and < 1e4 or 0 ? "0.0000" : "0.00e0");
        _line.Put(share ? " %" : string.Empty);
    }

    private void Time(TimeSpan time)
    {
        if (time >= TimeSpan.FromHours(1))
        {
            _line.Put((long)time.TotalHours);
            _line.Put(":");
        }

        _line.Put(time.Minutes, time >= TimeSpan.FromHours(1) ? "00" : "0");
        _line.Put(":");
        _line.Put(time.Seconds, "00");
    }

    private void Finish(bool overwritten)
    {
        int length = overwritten ? _line.Cut(_width - 1) : _line.Length;
        if (_terminal)
        {
            _line.PadTo(_shown);
        }

        _shown = overwritten ? length : 0;
        _line.WriteTo(_writer, overwritten ? "\r" : _writer.NewLine);
    }
}
