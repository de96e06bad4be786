using System.Diagnostics;

namespace DeepGen.Benchmarks;

/// <summary>Something that can be repeated; one measurement repeats it for about a twentieth of a second.</summary>
internal sealed class Workload(string name, double flops, Action<int> repeat)
{
    private const double SecondsPerMeasurement = 0.05;
    private const int WarmUp = 50;

    private const long PeakSteps = 1 << 16;

    private static float s_sink;

    private readonly List<double> _seconds = [];
    private int _count = 1;

    /// <summary>What the machine can do at most.</summary>
    public static Workload Peak => new($"peak, {PeakLoop.Width} FMA in registers", PeakLoop.Flops(PeakSteps), count =>
    {
        for (int i = 0; i < count; i++)
            s_sink += PeakLoop.Run(PeakSteps);
    });

    /// <summary>The same samples, predicted again and again.</summary>
    /// <param name="flops">Of one sample.</param>
    public static Workload Prediction(Predict predict, string name, int batch, int inputs, int outputs, double flops)
    {
        float[] x = Numbers(batch * inputs), y = new float[batch * outputs];
        return new Workload(name, batch * flops, count =>
        {
            for (int i = 0; i < count; i++)
                predict(x, y);
        });
    }

    /// <summary>From -1 to 1, in no order to speak of.</summary>
    public static float[] Numbers(int length) => [.. Enumerable.Range(0, length).Select(i => (i * 7919 % 2001 / 1000f) - 1)];

    public string Name => name;

    /// <summary>Seconds of one repetition, one entry per round.</summary>
    public IReadOnlyList<double> Seconds => _seconds;

    public long AllocatedBytes { get; private set; }

    public double GigaflopsOf(double seconds) => flops / seconds / 1e9;

    /// <summary>All of them, taking turns: what disturbs the machine in one round disturbs each.</summary>
    public static void MeasureInTurns(IReadOnlyList<Workload> all, int rounds)
    {
        foreach (var workload in all)
            workload.Calibrate();
        for (int round = 0; round < rounds; round++)
        {
            foreach (var workload in all)
                workload.Measure();
        }
    }

    /// <summary>Warms up, and finds how many repetitions fill a measurement.</summary>
    private void Calibrate()
    {
        // Compiling is no part of it: what is compiled now would make one repetition look long.
        repeat(WarmUp);
        while (true)
        {
            double seconds = Time();
            if (seconds >= SecondsPerMeasurement / 2)
            {
                _count = Math.Max(1, (int)(_count * SecondsPerMeasurement / seconds));
                return;
            }

            _count *= 2;
        }
    }

    private void Measure()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        double seconds = Time();
        AllocatedBytes += GC.GetAllocatedBytesForCurrentThread() - before;
        _seconds.Add(seconds / _count);
    }

    private double Time()
    {
        long start = Stopwatch.GetTimestamp();
        repeat(_count);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}

internal delegate void Predict(ReadOnlySpan<float> input, Span<float> output);
