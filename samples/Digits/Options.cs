using System.Globalization;

namespace Digits;

/// <summary>What the command line asks for; null where the default depends on the data or on the network.</summary>
internal sealed record Options
{
    public const string Help = """
        Digits: trains a network that reads handwritten digits, and says how far it can be trusted.

        usage: dotnet run -c Release --project samples/Digits [-- options]

          --data FOLDER      real digits instead of drawn ones: train-images-idx3-ubyte, train-labels-idx1-ubyte,
                             t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte, plain or with .gz
          --digits NUMBER    how many digits are drawn to learn from (default 40000)
          --certified        trains a smaller network on the worst case within --epsilon
          --epsilon NUMBER   how far every pixel, of 0 to 1, may move in what is certified (default 0.002; 0.1 with --certified)
          --epochs NUMBER    how often every digit is seen (default 5; 10 with --certified)
          --batch NUMBER     how many digits a step learns from (default 64)
          --seed NUMBER      seed of weights, drawings and order (default 1)
          --threads NUMBER   threads (default: one for each processor); the result does not depend on it
          --out FOLDER       where weights, checkpoint and report are written (default digits-out)
          --resume           goes on from the checkpoint in that folder
          --help             this text

        Ctrl-C stops after the current step and leaves a checkpoint.
        """;

    public string? Data { get; init; }

    public int Digits { get; init; } = 40_000;

    public bool Certified { get; init; }

    public float? Epsilon { get; init; }

    public int? Epochs { get; init; }

    public int Batch { get; init; } = 64;

    public ulong Seed { get; init; } = 1;

    public int Threads { get; init; } = Environment.ProcessorCount;

    public string Out { get; init; } = "digits-out";

    public bool Resume { get; init; }

    /// <summary>Null when the help was asked for; a <see cref="FormatException"/> says what is wrong otherwise.</summary>
    public static Options? Parse(string[] arguments)
    {
        var options = new Options();
        for (int i = 0; i < arguments.Length; i++)
        {
            string name = arguments[i];
            switch (name)
            {
                case "--help" or "-h" or "-?":
                    return null;
                case "--resume":
                    options = options with { Resume = true };
                    break;
                case "--certified":
                    options = options with { Certified = true };
                    break;
                case "--data" or "--out" or "--digits" or "--epsilon" or "--epochs" or "--batch" or "--seed" or "--threads":
                    if (i + 1 == arguments.Length)
                        throw new FormatException($"{name} needs a {(name is "--data" or "--out" ? "folder" : "number")} after it.");
                    options = options.With(name, arguments[++i]);
                    break;
                default:
                    throw new FormatException($"'{name}' is not an option; --help lists them.");
            }
        }

        return options;
    }

    private Options With(string name, string text) => name switch
    {
        "--data" => this with { Data = text },
        "--out" => this with { Out = text },
        "--digits" => this with { Digits = Number(name, text, 100, 10_000_000) },
        "--epsilon" => this with { Epsilon = Number<float>(name, text, 0, 1) },
        "--epochs" => this with { Epochs = Number(name, text, 1, 10_000) },
        "--batch" => this with { Batch = Number(name, text, 1, 10_000) },
        "--seed" => this with { Seed = Number<ulong>(name, text, 0, ulong.MaxValue) },
        _ => this with { Threads = Number(name, text, 1, 1024) },
    };

    private static T Number<T>(string name, string text, T least, T most)
        where T : struct, ISpanParsable<T>, IComparable<T> =>
        T.TryParse(text, CultureInfo.InvariantCulture, out var number) && number.CompareTo(least) >= 0 && number.CompareTo(most) <= 0
            ? number
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{name} cannot be '{text}': a number from {least} to {most} is expected."));
}
