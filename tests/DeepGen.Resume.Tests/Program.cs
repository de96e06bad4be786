using System.Globalization;
using DeepGen.Data;

namespace DeepGen.Resume.Tests;

/// <summary>
/// The program that is killed: Program FOLDER trains and goes on from the checkpoint in the folder if there is one. It says
/// "step N" when it begins to train, and the weights' hash when it is done.
/// </summary>
public static class Program
{
    private const int Classes = 4;
    private const int Samples = 240;

    public static int Main(string[] arguments)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        var network = new SmallNetwork(seed: 7);
        var (training, validation) = Stripes().Split(0.8, seed: 3);
        const int Epochs = 40, Batch = 16;
        Trainer.Fit(network, training, new FitOptions
        {
            Validation = validation,
            Augmentation = Augmentation.Noise(0.1f),
            Epochs = Epochs,
            BatchSize = Batch,
            Optimizer = new AdamW(3e-3) { ClipNorm = 1 },
            Schedule = new OneCycle(Schedule.StepsIn(Epochs, training.Count, Batch)),
            WeightAverage = 0.98,
            Callbacks = [new Announcement(), new EarlyStopping(patience: 1000)],
            Checkpoint = Path.Combine(arguments[0], "checkpoint.safetensors"),
            CheckpointEvery = 2,
            Resume = true,
            Threads = 2,
            Console = null,
        });
        Console.WriteLine(Hash(network.Parameters));
        return 0;
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

    private sealed class Announcement : TrainingCallback
    {
        public override void Begin(TrainingRun run)
        {
            ArgumentNullException.ThrowIfNull(run);
            Console.WriteLine($"step {run.Step}");
        }
    }
}
