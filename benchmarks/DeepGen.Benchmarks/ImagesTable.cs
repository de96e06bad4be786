namespace DeepGen.Benchmarks;

/// <summary>Networks whose images no first cache holds, on one thread: what they take when kernels go through them by bands of rows.</summary>
internal static class ImagesTable
{
    private const int Rounds = 21;
    private const int Batch = 16;

    public static void Print()
    {
        Workload[] all =
        [
            Workload.Prediction(new PooledImages(1).Predict, "convolutions and pools, 3x224x224, batch 1", 1, 3 * 224 * 224, 10, 0),
            Workload.Prediction(new SeparableImages(1).Predict, "separable convolutions, 16x112x112, batch 1", 1, 16 * 112 * 112, 10, 0),
            Step(new NormalizedImages(1), $"a step of SGD, batch normalisation, 3x64x64, batch {Batch}", 3 * 64 * 64),
        ];
        Workload.MeasureInTurns(all, Rounds);
        Console.WriteLine($"{"",-60} {"median",8} {"min",8} {"max",8} us");
        foreach (var workload in all)
        {
            double[] seconds = [.. workload.Seconds.Order()];
            Console.WriteLine($"{workload.Name,-60} {seconds[Rounds / 2] * 1e6,8:F0} {seconds[0] * 1e6,8:F0} {seconds[^1] * 1e6,8:F0}");
        }
    }

    private static Workload Step(NormalizedImages network, string name, int inputs)
    {
        float[] x = Workload.Numbers(Batch * inputs);
        int[] classes = [.. Enumerable.Range(0, Batch).Select(i => i % 10)];
        var optimizer = new Sgd(1e-4);
        return new Workload(name, 0, count =>
        {
            for (int i = 0; i < count; i++)
                network.Learn(x, classes, optimizer);
        });
    }
}
