namespace DeepGen.Benchmarks;

/// <summary>A wide layer over values of which more and more are zeros: as it is, and behind a relu, where zeros are looked for.</summary>
internal static class ZerosTable
{
    private const int Rounds = 15;
    private const int Width = 1024;

    private static readonly int[] Batches = [1, 64, 256];
    private static readonly int[] Percents = [100, 90, 80, 70, 60, 50, 40, 30, 20, 10];

    public static void Print()
    {
        var table = new List<(int Batch, int Percent, Workload Plain, Workload Relu)>();
        (WideLayer plain, WideLayerOfRelu relu) = (new(1), new(1));
        foreach (int batch in Batches)
        {
            foreach (int percent in Percents)
                table.Add((batch, percent, Row(batch, percent, plain.Predict), Row(batch, percent, relu.Predict)));
        }

        Workload.MeasureInTurns([.. table.SelectMany(r => new[] { r.Plain, r.Relu })], Rounds);
        Console.WriteLine($"Dense({Width}) on {Width} values, one thread; microseconds, median (min-max)");
        Console.WriteLine($"{"batch",5} {"not zero",9} {"as it is",26} {"behind a relu",26} {"ratio",6}");
        foreach (var (batch, percent, alone, behind) in table)
            Console.WriteLine($"{batch,5} {percent,7} % {Figures(alone),26} {Figures(behind),26} {Median(alone) / Median(behind),6:F2}");
    }

    private static string Figures(Workload workload) => $"{Median(workload):F1} ({workload.Seconds.Min() * 1e6:F1}-{workload.Seconds.Max() * 1e6:F1})";

    private static double Median(Workload workload) => workload.Seconds.Order().ElementAt(Rounds / 2) * 1e6;

    private static Workload Row(int batch, int percent, Predict predict)
    {
        var random = new Random(percent);
        float[] x = [.. Enumerable.Range(0, batch * Width).Select(_ => random.Next(100) < percent ? random.NextSingle() + 0.1f : 0)], y = new float[x.Length];
        return new Workload("", 2.0 * batch * Width * Width, count =>
        {
            for (int i = 0; i < count; i++)
                predict(x, y);
        });
    }
}

[Network, Input(1024)]
[Dense(1024)]
public sealed partial class WideLayer;

[Network, Input(1024)]
[Relu, Dense(1024)]
public sealed partial class WideLayerOfRelu;
