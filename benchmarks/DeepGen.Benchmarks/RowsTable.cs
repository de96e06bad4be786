using DeepGen.Data;

namespace DeepGen.Benchmarks;

/// <summary>The same four dense layers over samples of more and more rows: how near the peak is prediction, and a step of training.</summary>
internal static class RowsTable
{
    private const int Rounds = 15;
    private const int Batch = 64;
    private const int Width = 256;
    private const int Layers = 4;

    public static void Print()
    {
        var peak = Workload.Peak;
        (Workload Predict, Workload Train)[] table =
        [
            Row(new PlainRows(1), 1, (network, x, y) => network.Predict(x, y)),
            Row(new OneRow(1), 1, (network, x, y) => network.Predict(x, y)),
            Row(new TwoRows(1), 2, (network, x, y) => network.Predict(x, y)),
            Row(new FourRows(1), 4, (network, x, y) => network.Predict(x, y)),
            Row(new EightRows(1), 8, (network, x, y) => network.Predict(x, y)),
            Row(new SixteenRows(1), 16, (network, x, y) => network.Predict(x, y)),
        ];
        Workload.MeasureInTurns([peak, .. table.SelectMany(r => new[] { r.Predict, r.Train })], Rounds);
        Console.WriteLine($"{Layers} layers of {Width}, batch {Batch}, one thread; GFLOP/s, median (min-max); peak {Figures(peak)}");
        Console.WriteLine($"{"sample",-12} {"predict",22} {"a step of SGD",22}");
        foreach (var (predict, train) in table)
            Console.WriteLine($"{predict.Name,-12} {Figures(predict),22} {Figures(train),22}");
    }

    private static string Figures(Workload workload)
    {
        double[] all = [.. workload.Seconds.Select(workload.GigaflopsOf).Order()];
        return $"{all[Rounds / 2]:F1} ({all[0]:F1}-{all[^1]:F1})";
    }

    private static (Workload, Workload) Row<T>(T network, int rows, Action<T, float[], float[]> predict)
        where T : ITrainable<T>
    {
        float[] x = Workload.Numbers(Batch * rows * Width), y = new float[x.Length];
        var batch = new Batch(Batch, [x], [new Target(Workload.Numbers(x.Length))]);
        var optimizer = new Sgd(1e-6);
        string name = network is PlainRows ? $"[{Width}]" : $"[{rows}, {Width}]";
        double flops = 2.0 * Batch * rows * Width * Width;

        // Forwards and both gradients; nobody needs that of the input.
        return (
            new Workload(name, Layers * flops, count => Repeat(count, () => predict(network, x, y))),
            new Workload(name, ((3 * Layers) - 1) * flops, count => Repeat(count, () => network.Learn(batch, optimizer))));
    }

    private static void Repeat(int count, Action action)
    {
        for (int i = 0; i < count; i++)
            action();
    }
}
