using System.Globalization;

namespace Characters;

/// <summary>What the command line asks for.</summary>
internal sealed record Options
{
    public const string Help = """
        Characters: a small GPT learns a text, character by character, and then writes on.

        usage: dotnet run -c Release --project samples/Characters [-- options]

          --data FILE           the text to learn; left out, little tales that the program makes up
          --steps NUMBER        how many batches it learns from (default 1000); Ctrl+C ends earlier and keeps what was learnt
          --write NUMBER        how many characters are written at the end (default 800)
          --prompt TEXT         what the writing begins with (default: a line's beginning)
          --temperature NUMBER  0 writes what is likeliest, 1 as freely as was learnt (default 0.7)
          --from FILE           weights to begin with
          --out FILE            where the weights are written (default characters.safetensors)
          --seed NUMBER         seed of weights, batches and writing (default 1)
          --threads NUMBER      threads (default: one for each processor); the result does not depend on it
          --help                this text
        """;

    public string? Data { get; init; }

    public int Steps { get; init; } = 1000;

    public int Write { get; init; } = 800;

    public string Prompt { get; init; } = "\n";

    public float Temperature { get; init; } = 0.7f;

    public string? From { get; init; }

    public string Out { get; init; } = "characters.safetensors";

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
            string text = i + 1 < arguments.Length ? arguments[i + 1] : "";
            options = name switch
            {
                "--data" => options with { Data = Given(name, text) },
                "--steps" => options with { Steps = (int)Number(name, text, 0, 1_000_000) },
                "--write" => options with { Write = (int)Number(name, text, 0, 1_000_000) },
                "--prompt" => options with { Prompt = Given(name, text) },
                "--temperature" => options with { Temperature = (float)Number(name, text, 0, 100, whole: false) },
                "--from" => options with { From = Given(name, text) },
                "--out" => options with { Out = Given(name, text) },
                "--seed" => options with { Seed = (int)Number(name, text, 0, int.MaxValue) },
                "--threads" => options with { Threads = (int)Number(name, text, 1, 1024) },
                _ => throw new FormatException($"'{name}' is not an option; --help lists them."),
            };
        }

        return options;
    }

    private static string Given(string name, string text) => text.Length > 0 ? text : throw new FormatException($"{name} needs something after it.");

    private static double Number(string name, string text, double least, double most, bool whole = true) =>
        double.TryParse(text, CultureInfo.InvariantCulture, out double number) && number >= least && number <= most && (!whole || number == Math.Floor(number))
            ? number
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{name} cannot be '{text}': a {(whole ? "whole " : "")}number from {least} to {most} is expected."));
}
