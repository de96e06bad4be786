namespace DeepGen.Benchmarks;

/// <summary>A wide layer over values of which more and more are zeros.</summary>
internal static class ZerosTable
{
    private const int Rounds = 15;
    private const int Width = 1024;

    private static readonly int[] Batches = [1, 64, 256];
    private static readonly int[] Percents = [100, 90, 80, 70, 60, 50, 40, 30, 20, 10];

    public static void Print()
    {
        var layer = new WideLayer(1);
        (int Batch, int Percent, Workload Workload)[] table = [.. Batches.SelectMany(batch => Percents.Select(percent => (batch, percent, Row(batch, percent, layer.Predict))))];
        Workload.MeasureInTurns([.. table.Select(r => r.Workload)], Rounds);
        Console.WriteLine($"Dense({Width}) on {Width} values, one thread; microseconds, median (min-max)");
        Console.WriteLine($"{"batch",5} {"not zero",9} {"time",26} {"as fast",8}");
        foreach (var (batch, percent, workload) in table)
        {
            double full = Median(table.First(r => r.Batch == batch).Workload);
            string figures = $"{Median(workload):F1} ({workload.Seconds.Min() * 1e6:F1}-{workload.Seconds.Max() * 1e6:F1})";
            Console.WriteLine($"{batch,5} {percent,7} % {figures,26} {full / Median(workload),8:F2}");
        }
    }

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
