using System.Globalization;

namespace DeepGen.SideBySide;

/// <summary>What the command line asks for.</summary>
internal sealed record Options(IReadOnlyList<string> Only, bool Quick, int? Threads, string? Markdown, (int Seed, int Count)? Random, string? WriteNetworks, string? Alone)
{
    public const string Help = """
        DeepGen beside what people would pick instead: PyTorch, ONNX Runtime, C with OpenBLAS, plain C.

        usage: benchmarks/side-by-side.sh [WORKLOADS] [options]

          WORKLOADS              W1 W2 W2W W3 W3W W4 W5 W6 W7 W8 W9; none means all
          --quick                fewer and shorter rounds: under five minutes for everything
          --threads 1|2          only the rows with so many threads
          --random SEED COUNT    in place of the workloads: so many perceptrons and convolutional networks drawn from a seed, each
                                 against ONNX Runtime at batch 1 and 32, and the geometric means of the ratios
          --write-networks FOLDER  with --random: writes the networks as C# and Python, and ends
          --alone METRIC         DeepGen's side of the first row whose metric begins so, for ten seconds, without peers: for profilers
          --markdown FILE        writes the rows as a Markdown table too
          --help                 this text

        Both sides get the same weights and inputs and must agree to 1e-4 before anything is timed; otherwise the row says WRONG
        and the exit code is 1. What is fair and what the columns mean: docs/benchmarks.md.
        """;

    /// <summary>Null when the help was asked for; a <see cref="FormatException"/> says what is wrong otherwise.</summary>
    public static Options? Parse(string[] arguments)
    {
        var options = new Options([], false, null, null, null, null, null);
        for (int i = 0; i < arguments.Length; i++)
        {
            string name = arguments[i];
            if (name is "--help" or "-h" or "-?")
                return null;
            options = name switch
            {
                "--quick" => options with { Quick = true },
                "--threads" => options with { Threads = Number(name, After(name, arguments, ref i), 1, 2) },
                "--random" => options with { Random = (Number(name, After(name, arguments, ref i), 0, 100_000), Number(name, After(name, arguments, ref i), 1, 1000)) },
                "--write-networks" => options with { WriteNetworks = After(name, arguments, ref i) },
                "--alone" => options with { Alone = After(name, arguments, ref i) },
                "--markdown" => options with { Markdown = After(name, arguments, ref i) },
                _ when Workloads.All.Any(w => w.Id.Equals(name, StringComparison.OrdinalIgnoreCase)) => options with { Only = [.. options.Only, name.ToUpperInvariant()] },
                _ => throw new FormatException($"'{name}' is no option and no workload; --help lists them."),
            };
        }

        return options.WriteNetworks is null || options.Random is not null ? options : throw new FormatException("--write-networks needs --random.");
    }

    private static string After(string name, string[] arguments, ref int i) =>
        ++i < arguments.Length ? arguments[i] : throw new FormatException($"{name} needs something after it.");

    private static int Number(string name, string text, int least, int most) =>
        int.TryParse(text, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most
            ? number
            : throw new FormatException($"{name} cannot be '{text}': a number from {least} to {most} is expected.");
}
