namespace DeepGen.Benchmarks;

/// <summary>A perceptron for images of 28x28, few samples at a time and more.</summary>
internal static class BatchesTable
{
    private const int Rounds = 15;
    private const int Inputs = 784, Outputs = 10;
    private const double FlopsOfSample = 2.0 * ((Inputs * 256) + (256 * 128) + (128 * Outputs));

    private static readonly int[] Batches = [1, 2, 3, 4, 5, 6, 7, 8, 12, 16, 24, 32, 48, 64];

    public static void Print()
    {
        var network = new LearningPerceptron(1);
        (int Batch, Workload Workload)[] table = [.. Batches.Select(b => (b, Workload.Prediction(network.Predict, "", b, Inputs, Outputs, FlopsOfSample)))];
        Workload.MeasureInTurns([.. table.Select(r => r.Workload)], Rounds);
        Console.WriteLine("784-256-128-10, relu, one thread; microseconds a sample, median (min-max)");
        Console.WriteLine($"{"batch",5} {"a sample",24} {"GFLOP/s",8}");
        foreach (var (batch, workload) in table)
        {
            double[] seconds = [.. workload.Seconds.Order()];
            string figures = $"{Each(seconds[Rounds / 2]):F2} ({Each(seconds[0]):F2}-{Each(seconds[^1]):F2})";
            Console.WriteLine($"{batch,5} {figures,24} {workload.GigaflopsOf(seconds[Rounds / 2]),8:F1}");

            double Each(double time) => time / batch * 1e6;
        }
    }
}
