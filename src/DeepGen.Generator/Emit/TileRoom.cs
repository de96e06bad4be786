using DeepGen.Generator.Lower;

namespace DeepGen.Generator.Emit;

/// <summary>What fits the registers of an instruction set: how tall tiles are, and how many depths one turn of their loop is.</summary>
/// <param name="Tallest">The rows that fill the registers.</param>
/// <param name="Shortest">Rows from which on a divisor of all rows is worth more than taller tiles of two heights.</param>
/// <param name="Steps">Depths in a turn: what counts them is so many instructions less.</param>
internal sealed record TileRoom(int Tallest, int Shortest, int Steps)
{
    /// <summary>Rows that share a vector.</summary>
    public int Together { get; private init; } = 1;

    /// <summary>The same of tiles that would be too long: with several loops, or much to do behind them.</summary>
    public int StepsOfLong { get; private init; } = Steps;

    /// <summary>28 sums, 2 weights and a broadcast fit 32 registers.</summary>
    public static TileRoom Wide { get; } = new(14, 7, 1);

    /// <summary>The same where tiles are two panels wide: 24 sums, 4 weights and a broadcast.</summary>
    public static TileRoom TwoPanels { get; } = new(6, 5, 2) { StepsOfLong = 1 };

    /// <summary>6 × 2 halves, 2 and 1 fit 16 registers. Blocks.PackRows makes groups of as many rows.</summary>
    public static TileRoom Narrow { get; } = new(6, 5, 4);

    /// <summary>The same where a vector holds eight columns of two rows: in pairs of rows.</summary>
    public static TileRoom NarrowTwins { get; } = new(6, 4, 4) { Together = 2 };

    /// <summary>The same with two vectors of weights in pairs, which take turns.</summary>
    public static TileRoom NarrowPairs { get; } = new(3, 2, 1);

    /// <summary>One text where a register holds all lanes, the other elsewhere; compilers fold the question. Only one, of what is called in one case only.</summary>
    public static void Choose(CodeWriter code, Action wide, Action narrow, Registers where = Registers.Any)
    {
        if (where != Registers.Any)
        {
            (where == Registers.Wide ? wide : narrow)();
            return;
        }

        using (code.Braces("if (L.IsWide)"))
        {
            wide();
        }

        using (code.Braces("else"))
        {
            narrow();
        }
    }
}
