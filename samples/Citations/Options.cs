using System.Globalization;

namespace Citations;

/// <summary>What the command line asks for.</summary>
internal sealed record Options(string? Data, ulong Seed, int Threads)
{
    public const string Help = """
        Citations: tells the topic of papers from their words and from who cites whom; a few papers of each topic are labelled.

        usage: dotnet run -c Release --project samples/Citations [-- options]

          --data FOLDER      Cora in place of drawn papers: nodes.tsv (paper, topic, train/val/test/-, words) and edges.tsv
          --seed NUMBER      seed of the drawing, the weights and the dropout (default 1)
          --threads NUMBER   threads (default 1)
          --help             this text
        """;

    /// <summary>Null when the help was asked for; a <see cref="FormatException"/> says what is wrong otherwise.</summary>
    public static Options? Parse(string[] arguments)
    {
        var options = new Options(null, 1, 1);
        for (int i = 0; i < arguments.Length; i += 2)
        {
            string name = arguments[i];
            if (name is "--help" or "-h" or "-?")
                return null;
            if (name is not ("--data" or "--seed" or "--threads"))
                throw new FormatException($"'{name}' is not an option; --help lists them.");
            if (i + 1 == arguments.Length)
                throw new FormatException($"{name} needs something after it.");

            string text = arguments[i + 1];
            options = name switch
            {
                "--data" => options with { Data = text },
                "--seed" when ulong.TryParse(text, CultureInfo.InvariantCulture, out ulong seed) => options with { Seed = seed },
                "--threads" when int.TryParse(text, CultureInfo.InvariantCulture, out int threads) && threads is >= 1 and <= 1024 => options with { Threads = threads },
                _ => throw new FormatException($"{name} cannot be '{text}'."),
            };
        }

        return options;
    }
}
