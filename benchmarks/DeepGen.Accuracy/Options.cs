using System.Globalization;

namespace DeepGen.Learning;

/// <summary>What the command line asks for.</summary>
internal sealed record Options(string Folder, IReadOnlyList<string> Only, ulong Seed, int Threads, bool Verbose, bool Chooses = false)
{
    public const string Help = """
        What networks learn on real data, against the lines they must reach.

        usage: benchmarks/accuracy.sh FOLDER [options]

          FOLDER             holds mnist/ with train-images-idx3-ubyte, train-labels-idx1-ubyte, t10k-images-idx3-ubyte and
                             t10k-labels-idx1-ubyte, plain or with .gz, digits/ with optdigits.tra and optdigits.tes, cora/ with nodes.tsv and
                             edges.tsv, as samples/Citations reads them, and tinyshakespeare/ with input.txt
          --only NAMES       some rows, separated by commas: mnist-mlp, mnist-cnn, mnist-certified, optdigits-mlp,
                             optdigits-deep, optdigits-plain, optdigits-10000, cora, adding, shakespeare, segmentation (the adding
                             problem and the shapes of segmentation are drawn)
          --seed NUMBER      seed of weights and order (default 1)
          --threads NUMBER   threads (default: one for each processor)
          --choose           instead of rows, the settings tried for optdigits-10000 on a part of its training data
          --verbose          shows the progress of every epoch
          --help             this text
        """;

    /// <summary>Null when the help was asked for; a <see cref="FormatException"/> says what is wrong otherwise.</summary>
    public static Options? Parse(string[] arguments)
    {
        var options = new Options("", [], 1, Environment.ProcessorCount, false);
        for (int i = 0; i < arguments.Length; i++)
        {
            string name = arguments[i];
            if (name is "--help" or "-h" or "-?")
                return null;
            options = name switch
            {
                "--choose" => options with { Chooses = true },
                "--verbose" => options with { Verbose = true },
                "--only" => options with { Only = Names(After(name, arguments, ref i)) },
                "--seed" => options with { Seed = Number<ulong>(name, After(name, arguments, ref i), 0, ulong.MaxValue) },
                "--threads" => options with { Threads = Number(name, After(name, arguments, ref i), 1, 1024) },
                _ when name.StartsWith('-') => throw new FormatException($"'{name}' is not an option; --help lists them."),
                _ when options.Folder.Length > 0 => throw new FormatException($"one folder is expected, found '{options.Folder}' and '{name}'."),
                _ => options with { Folder = name },
            };
        }

        return options.Folder.Length > 0 ? options : throw new FormatException("the folder with the data is missing; --help says what it holds.");
    }

    private static string After(string name, string[] arguments, ref int i) =>
        ++i < arguments.Length ? arguments[i] : throw new FormatException($"{name} needs something after it.");

    private static string[] Names(string text)
    {
        string[] names = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        string? unknown = names.FirstOrDefault(name => !Run.All.Any(run => run.Name == name));
        return unknown is null ? names : throw new FormatException($"'{unknown}' is no row; there are {string.Join(", ", Run.All.Select(run => run.Name))}.");
    }

    private static T Number<T>(string name, string text, T least, T most)
        where T : struct, ISpanParsable<T>, IComparable<T> =>
        T.TryParse(text, CultureInfo.InvariantCulture, out var number) && number.CompareTo(least) >= 0 && number.CompareTo(most) <= 0
            ? number
            : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{name} cannot be '{text}': a number from {least} to {most} is expected."));
}
