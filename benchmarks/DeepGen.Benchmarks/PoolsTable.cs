namespace DeepGen.Benchmarks;

/// <summary>Networks with pools: of images with relu and with tanh before them, and of signals.</summary>
internal static class PoolsTable
{
    private const int Batch = 32;

    public static void Print() => NetworkTable.Print(
        Workload.Prediction(new PooledRelu(1).Predict, "relu and pools, 3x32x32, batch 1", 1, 3 * 32 * 32, 10, 0),
        Workload.Prediction(new PooledTanh(1).Predict, "tanh and pools, 1x28x28, batch 1", 1, 28 * 28, 10, 0),
        Workload.Prediction(new PooledSignals(1).Predict, "signals, relu and pools, 8x512, batch 1", 1, 8 * 512, 10, 0),
        NetworkTable.Step(new PooledRelu(1), $"a step of SGD, relu and pools, batch {Batch}", Batch, 3 * 32 * 32),
        NetworkTable.Step(new PooledTanh(1), $"a step of SGD, tanh and pools, batch {Batch}", Batch, 28 * 28),
        NetworkTable.Step(new PooledSignals(1), $"a step of SGD, signals, batch {Batch}", Batch, 8 * 512));
}
