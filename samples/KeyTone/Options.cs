using System.Globalization;

namespace KeyTone;

/// <summary>What the command line asks for.</summary>
internal sealed record Options
{
    public const string Help = """
        KeyTone: an LSTM learns to tell rising, falling and steady tones in noisy sound, then listens to new sound frame by frame.

        usage: dotnet run -c Release --project samples/KeyTone [-- options]

          --steps NUMBER     how many batches it learns from (default 700)
          --frames NUMBER    how many frames of new sound it listens to (default 1500; 250 are a second)
          --seed NUMBER      seed of weights and sound (default 1)
          --threads NUMBER   threads while learning (default: one for each processor); the result does not depend on it
          --help             this text
        """;

    public int Steps { get; init; } = 700;

    public int Frames { get; init; } = 1500;

    public int Seed { get; init; } = 1;

    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Null when the help was asked for; a <see cref="FormatException"/> says what is wrong otherwise.</summary>
    public static Options? Parse(string[] arguments)
    {
        var options = new Options();
        for (int i = 0; i < arguments.Length; i += 2)
        {
            string name = arguments[i];
            if (name is "--help" or "-h" or "-?")
                return null;
            if (name is not ("--steps" or "--frames" or "--seed" or "--threads"))
                throw new FormatException($"'{name}' is not an option; --help lists them.");
            if (i + 1 == arguments.Length)
                throw new FormatException($"{name} needs a number after it.");
            string text = arguments[i + 1];
            options = name switch
            {
                "--steps" => options with { Steps = Number(name, text, 1, 1_000_000) },
                "--frames" => options with { Frames = Number(name, text, 1, 1_000_000) },
                "--seed" => options with { Seed = Number(name, text, 0, int.MaxValue) },
                _ => options with { Threads = Number(name, text, 1, 1024) },
            };
        }

        return options;
    }

    private static int Number(string name, string text, int least, int most) =>
        int.TryParse(text, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? number
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{name} cannot be '{text}': a number from {least} to {most} is expected."));
}
