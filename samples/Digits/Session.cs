using DeepGen;
using Digits.Drawing;

namespace Digits;

/// <summary>Trains a network, whichever it is, and says how good it became.</summary>
internal static class Session
{
    private const int Interrupted = 130;

    public static int Run<T>(T network, Bounds bounds, Recipe recipe, Options options, DigitData data, CancellationToken cancellation)
        where T : class, ITrainable<T>
    {
        string checkpoint = Path.Combine(options.Out, "checkpoint.safetensors");
        if (options.Resume && !File.Exists(checkpoint))
            throw new FileNotFoundException($"There is no '{checkpoint}' to go on from; without --resume the training begins anew.");

        Directory.CreateDirectory(options.Out);
        network.Threads = options.Threads;
        Console.WriteLine(T.Summary);
        Console.WriteLine();
        string weights = Path.Combine(options.Out, "digits.safetensors"), report = Path.Combine(options.Out, "report.html");
        string sheet = Path.Combine(options.Out, "digits.png");
        ContactSheet.Write(sheet, data.Training);
        var result = Trainer.Fit(network, data.Training, new FitOptions
        {
            Validation = data.Validation,
            Epochs = recipe.Epochs,
            BatchSize = options.Batch,
            Optimizer = new Adam(1e-3),
            Schedule = recipe.Schedule,
            Certified = recipe.Hardening,
            Seed = options.Seed,
            Threads = options.Threads,
            Checkpoint = checkpoint,
            Resume = options.Resume,
            Report = report,
            Console = Console.Out,
        }, cancellation);
        if (result.Cancelled)
        {
            Console.WriteLine($"Stopped after {result.Steps} steps; the same command with --resume goes on.");
            return Interrupted;
        }

        Judge(network, bounds, recipe.Epsilon, data);
        network.Parameters.Save(weights);
        Console.WriteLine($"Written:    {weights}, {report}, {sheet}");
        Console.WriteLine($"Weights:    hash {WeightHash.Of(network.Parameters)}, for any number of threads and however often interrupted");
        return 0;
    }

    private static void Judge(INetwork network, Bounds bounds, float epsilon, DigitData data)
    {
        Scores validation = Scores.Of(network, data.Validation), test = Scores.Of(network, data.Test);
        double temperature = Calibration.Temperature(validation.Values, validation.Truth);
        double before = Calibration.Error(test.Values, test.Truth, 1), after = Calibration.Error(test.Values, test.Truth, temperature);
        int certified = Certificate.Count(bounds, data.Test, epsilon);

        Console.WriteLine();
        Console.WriteLine($"Test:       {Share(test.Right, test.Count)} of {test.Count} digits never seen before are read correctly");
        Console.WriteLine($"Confidence: off by {before:P2} on average; by {after:P2} with scores divided by {temperature:F2}, found on other digits");
        Console.WriteLine($"Certified:  {Share(certified, test.Count)} are read correctly however each pixel moves by at most {epsilon}, rounding included");
    }

    private static string Share(int part, int whole) => $"{(double)part / whole:P2}";
}
