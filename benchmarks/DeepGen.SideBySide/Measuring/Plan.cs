namespace DeepGen.SideBySide.Measuring;

/// <summary>How long is measured.</summary>
/// <param name="Blocks">Blocks of rounds; the best block of each side counts.</param>
/// <param name="Rounds">Rounds in a block; in each, every side has its turn.</param>
/// <param name="Seconds">How long a turn is.</param>
/// <param name="WarmUp">How long each side runs before anything counts.</param>
internal sealed record Plan(int Blocks, int Rounds, double Seconds, double WarmUp)
{
    public static Plan Full { get; } = new(1, 11, 0.12, 0.5);

    public static Plan Quick { get; } = new(1, 5, 0.05, 0.2);

    /// <summary>For networks nobody tuned, of which there are many.</summary>
    public static Plan Random { get; } = new(1, 7, 0.03, 0.15);

    /// <summary>
    /// Two threads have fast and slow states that last for tens of seconds, whoever's they are. So blocks lie apart, and each side is
    /// represented by its best.
    /// </summary>
    public Plan ForTwoThreads() => this with { Blocks = 3, Rounds = (Rounds + 1) / 2 };
}
