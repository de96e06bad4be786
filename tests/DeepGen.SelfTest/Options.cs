namespace DeepGen.SelfTest;

/// <summary>What the command line asks for.</summary>
internal sealed class Options
{
    public const string Help = """
        usage: DeepGen.SelfTest [--expect-path avx512|avx2|neon|vector128|scalar] [--threads <number>] [--hash]

        Runs a fixed suite of networks, compares every output with plain loops in double precision, and ends in
        'N passed, N failed, N skipped'. Equal hashes mean equal outputs to the last bit.

          --expect-path <path>   fail unless this instruction set's kernels are the ones that run
          --threads <number>     threads per prediction (default 1)
          --hash                 print the hash over all outputs as well, as 'hash <16 digits>'
        """;

    public string? ExpectedPath { get; private set; }

    public int Threads { get; private set; } = 1;

    public bool PrintHash { get; private set; }

    /// <summary>Null when the help is what is wanted, or all that can be given.</summary>
    public static Options? Parse(string[] arguments)
    {
        var options = new Options();
        for (int i = 0; i < arguments.Length; i++)
        {
            string? value = i + 1 < arguments.Length ? arguments[i + 1] : null;
            switch (arguments[i])
            {
                case "--hash":
                    options.PrintHash = true;
                    break;
                case "--expect-path" when value is not null:
                    options.ExpectedPath = value;
                    i++;
                    break;
                case "--threads" when value is not null && int.TryParse(value, out int threads) && threads > 0:
                    options.Threads = threads;
                    i++;
                    break;
                default:
                    return null;
            }
        }

        return options;
    }
}
