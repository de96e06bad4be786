using System.Globalization;
using DeepGen;
using Segmentation;
using Segmentation.Drawing;
using Segmentation.Networks;

const int ForTest = 500, Pictures = 8;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
try
{
    if (Options.Parse(args) is not { } options)
    {
        Console.WriteLine(Options.Help);
        return 0;
    }

    var training = Scene.Draw(options.Seed, 0, options.Images);
    var test = Scene.Draw(options.Seed, options.Images, ForTest);
    Console.WriteLine($"{training.Count} images to learn from, {test.Count} to be judged by, drawn by the program");
    Console.WriteLine();
    Console.WriteLine(ShapeNet.Summary);
    Console.WriteLine();

    var network = new ShapeNet((ulong)options.Seed) { Threads = options.Threads };
    Trainer.Fit(network, training, new FitOptions
    {
        Epochs = options.Epochs,
        BatchSize = options.Batch,
        Optimizer = new Adam(3e-3),
        Schedule = new Cosine(Schedule.StepsIn(options.Epochs, training.Count, options.Batch)),
        Seed = (ulong)options.Seed,
        Threads = options.Threads,
        Console = Console.Out,
    });

    var overlap = Overlap.Measure(network, test);
    Console.WriteLine();
    foreach (var kind in Enum.GetValues<Kind>())
        Console.WriteLine($"{kind + ":",-12} {overlap.Of((int)kind):F3}");
    Console.WriteLine($"IoU:         {overlap.Mean:F3}, the mean over shapes, on images never seen before");

    Directory.CreateDirectory(options.Out);
    for (int i = 0; i < Pictures; i++)
        Picture.Write(Path.Combine(options.Out, $"image{i}.png"), network, test, i);
    network.Parameters.Save(Path.Combine(options.Out, "shapes.safetensors"));
    Console.WriteLine($"Written:     {Pictures} pictures of image, truth and prediction, and the weights, in {options.Out}");
    return 0;
}
catch (Exception error) when (error is FormatException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(error.Message);
    return 2;
}
