using System.Globalization;

namespace FirstNetwork;

/// <summary>What the command line asks for.</summary>
internal sealed record Options(float Epsilon, ulong Seed, int Threads)
{
    public const string Help = """
        FirstNetwork: three small networks, declared in Networks/, compiled by the C# compiler.

        usage: dotnet run -c Release --project samples/FirstNetwork [-- options]

          --epsilon <number>   how far every pixel may move when certifying (default 0.0005)
          --seed <number>      seed of the untrained weights (default 1)
          --threads <number>   threads per prediction (default 1)
          --help               this text
        """;

    /// <summary>Null when the help was asked for; a <see cref="FormatException"/> says what is wrong otherwise.</summary>
    public static Options? Parse(string[] arguments)
    {
        var options = new Options(0.0005f, 1, 1);
        for (int i = 0; i < arguments.Length; i += 2)
        {
            string name = arguments[i];
            if (name is "--help" or "-h" or "-?")
                return null;
            if (name is not ("--epsilon" or "--seed" or "--threads"))
                throw new FormatException($"'{name}' is not an option; --help lists them.");
            if (i + 1 == arguments.Length)
                throw new FormatException($"{name} needs a number after it.");

            string text = arguments[i + 1];
            bool understood = name switch
            {
                "--epsilon" => float.TryParse(text, CultureInfo.InvariantCulture, out float e) && e is >= 0 and <= 1 && Set(options with { Epsilon = e }),
                "--seed" => ulong.TryParse(text, CultureInfo.InvariantCulture, out ulong s) && Set(options with { Seed = s }),
                _ => int.TryParse(text, CultureInfo.InvariantCulture, out int n) && n is >= 1 and <= 1024 && Set(options with { Threads = n }),
            };
            if (!understood)
                throw new FormatException($"{name} cannot be '{text}'.");
        }

        return options;

        bool Set(Options changed)
        {
            options = changed;
            return true;
        }
    }
}
