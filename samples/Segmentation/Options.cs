using System.Globalization;

namespace Segmentation;

/// <summary>What the command line asks for.</summary>
internal sealed record Options
{
    public const string Help = """
        Segmentation: a U-Net learns to say for every pixel of noisy images what kind of shape it belongs to.

        usage: dotnet run -c Release --project samples/Segmentation [-- options]

          --images NUMBER    how many images are drawn to learn from (default 3000)
          --epochs NUMBER    how often every image is seen (default 8)
          --batch NUMBER     how many images a step learns from (default 16)
          --seed NUMBER      seed of weights, images and order (default 1)
          --threads NUMBER   threads (default: one for each processor); the result does not depend on it
          --out FOLDER       where weights and pictures are written (default segmentation-out)
          --help             this text
        """;

    public int Images { get; init; } = 3000;

    public int Epochs { get; init; } = 8;

    public int Batch { get; init; } = 16;

    public int Seed { get; init; } = 1;

    public int Threads { get; init; } = Environment.ProcessorCount;

    public string Out { get; init; } = "segmentation-out";

    /// <summary>Null when the help was asked for; a <see cref="FormatException"/> says what is wrong otherwise.</summary>
    public static Options? Parse(string[] arguments)
    {
        var options = new Options();
        for (int i = 0; i < arguments.Length; i += 2)
        {
            string name = arguments[i];
            if (name is "--help" or "-h" or "-?")
                return null;
            if (name is not ("--images" or "--epochs" or "--batch" or "--seed" or "--threads" or "--out"))
                throw new FormatException($"'{name}' is not an option; --help lists them.");
            if (i + 1 == arguments.Length)
                throw new FormatException($"{name} needs a {(name == "--out" ? "folder" : "number")} after it.");
            string text = arguments[i + 1];
            options = name switch
            {
                "--images" => options with { Images = Number(name, text, 16, 1_000_000) },
                "--epochs" => options with { Epochs = Number(name, text, 1, 10_000) },
                "--batch" => options with { Batch = Number(name, text, 1, 10_000) },
                "--seed" => options with { Seed = Number(name, text, 0, int.MaxValue) },
                "--threads" => options with { Threads = Number(name, text, 1, 1024) },
                _ => options with { Out = text },
            };
        }

        return options;
    }

    private static int Number(string name, string text, int least, int most) =>
        int.TryParse(text, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? number
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{name} cannot be '{text}': a number from {least} to {most} is expected."));
}
