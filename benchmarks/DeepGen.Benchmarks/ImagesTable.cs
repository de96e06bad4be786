namespace DeepGen.Benchmarks;

/// <summary>Networks whose images no first cache holds: what they take when kernels go through them by bands of rows.</summary>
internal static class ImagesTable
{
    private const int Batch = 16;

    public static void Print() => NetworkTable.Print(
        Workload.Prediction(new PooledImages(1).Predict, "convolutions and pools, 3x224x224, batch 1", 1, 3 * 224 * 224, 10, 0),
        Workload.Prediction(new SeparableImages(1).Predict, "separable convolutions, 16x112x112, batch 1", 1, 16 * 112 * 112, 10, 0),
        NetworkTable.Step(new NormalizedImages(1), $"a step of SGD, batch normalisation, 3x64x64, batch {Batch}", Batch, 3 * 64 * 64));
}
