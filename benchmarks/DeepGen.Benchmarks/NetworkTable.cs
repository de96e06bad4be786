namespace DeepGen.Benchmarks;

/// <summary>Predictions and steps of a few networks on one thread, in turns.</summary>
internal static class NetworkTable
{
    private const int Rounds = 21;

    public static void Print(params Workload[] all)
    {
        Workload.MeasureInTurns(all, Rounds);
        Console.WriteLine($"{"",-60} {"median",8} {"min",8} {"max",8} us");
        foreach (var workload in all)
        {
            double[] seconds = [.. workload.Seconds.Order()];
            Console.WriteLine($"{workload.Name,-60} {seconds[Rounds / 2] * 1e6,8:F1} {seconds[0] * 1e6,8:F1} {seconds[^1] * 1e6,8:F1}");
        }
    }

    /// <summary>A step of SGD on classes.</summary>
    public static Workload Step<T>(T network, string name, int batch, int inputs)
        where T : ITrainable<T>
    {
        int[] classes = [.. Enumerable.Range(0, batch).Select(i => i % 10)];
        var samples = new Batch(batch, [Workload.Numbers(batch * inputs)], [new Target(classes)]);
        var optimizer = new Sgd(1e-4);
        return new Workload(name, 0, count =>
        {
            for (int i = 0; i < count; i++)
            {
                network.Gradients(samples);
                network.Training.Step(optimizer, network.Threads);
            }
        });
    }
}
