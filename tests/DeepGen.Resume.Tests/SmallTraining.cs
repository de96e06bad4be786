using System.Globalization;
using DeepGen.Data;

namespace DeepGen.Resume.Tests;

/// <summary>A training with everything in it that has a state: an order, augmentation, masks, statistics, moments, averages, a schedule.</summary>
internal static class SmallTraining
{
    public const int StepsPerEpoch = 12;

    private const int Batch = 16;
    private const int Classes = 4;
    private const int Samples = 240;

    /// <summary>Trains, or goes on from the checkpoint if it is there.</summary>
    /// <returns>A hash of the weights.</returns>
    public static string Run(string checkpoint, int epochs, params IReadOnlyList<TrainingCallback> callbacks)
    {
        var network = new SmallNetwork(seed: 7);
        var (training, validation) = Stripes().Split(0.8, seed: 3);
        Trainer.Fit(network, training, new FitOptions
        {
            Validation = validation,
            Augmentation = Augmentation.Noise(0.1f),
            Epochs = epochs,
            BatchSize = Batch,
            Optimizer = new AdamW(3e-3) { ClipNorm = 1 },
            Schedule = new OneCycle(epochs * StepsPerEpoch),
            WeightAverage = 0.98,
            Callbacks = [new EarlyStopping(patience: 1000), .. callbacks],
            Checkpoint = checkpoint,
            CheckpointEvery = 2,
            Resume = true,
            Threads = 2,
            Console = null,
        });
        return Hash(network.Parameters);
    }

    /// <summary>Noise, and in it stripes of one of four directions.</summary>
    private static DataSet Stripes()
    {
        var random = new Random(11);
        var pixels = new float[Samples * 64];
        var classes = new int[Samples];
        for (int i = 0; i < Samples; i++)
        {
            classes[i] = i % Classes;
            int phase = random.Next(4);
            for (int p = 0; p < 64; p++)
            {
                int x = p % 8, y = p / 8;
                int along = (classes[i] switch { 0 => x, 1 => y, 2 => x + y, _ => x - y + 8 } + phase) % 4;
                pixels[(i * 64) + p] = (along < 2 ? 1 : 0) + random.NextSingle();
            }
        }

        return DataSet.FromArrays(pixels, [1, 8, 8], classes);
    }

    private static string Hash(ParameterSet parameters)
    {
        ulong hash = 14695981039346656037;
        foreach (var parameter in parameters)
        {
            foreach (float value in parameter.Values)
            {
                hash = (hash ^ BitConverter.SingleToUInt32Bits(value)) * 1099511628211;
            }
        }

        return hash.ToString("x16", CultureInfo.InvariantCulture);
    }
}
