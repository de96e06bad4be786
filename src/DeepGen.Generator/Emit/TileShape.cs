using DeepGen.Generator.Lower;

namespace DeepGen.Generator.Emit;

/// <summary>What a tile's body depends on besides its epilogue. PanelWidth 0: the right factor's row distance is an argument.</summary>
internal sealed record TileShape(
    int Rows, int Vectors, int DepthAxes, int Unrolled, int Chains, bool UnitStep, int PanelWidth, int LastColumns, IReadOnlyList<bool> ExtraRowVaries)
{
    /// <summary>Whether the right factor has a step of its own along the outer depth axes; else its rows follow one another.</summary>
    public bool RightSteps { get; init; }

    /// <summary>
    /// Whether a vector holds eight columns of two rows: of sixteen columns of one, eight or more would be padding. Rows are even in number.
    /// </summary>
    public bool IsTwin { get; init; }

    /// <summary>The sums that each row is made of; null where it is one.</summary>
    public TileWindow? Window { get; init; }

    /// <summary>Lines of an image that the sums are of.</summary>
    public int Lines => Window?.Lines ?? 1;

    /// <summary>Pixels of each line, where a row has several.</summary>
    public int LineRows => Rows * (Window?.Pixels ?? 1);

    /// <summary>What runs of taps count.</summary>
    public int RunRows => IsTwin ? Rows / 2 : LineRows;

    /// <summary>How many rows of vectors the sums are: those of one pixel, of all lines, come before the next.</summary>
    public int SumRows => RunRows * Lines;

    /// <summary>Depths in one turn of the innermost loop.</summary>
    public int Steps { get; init; } = 1;

    /// <summary>Whether depths may be left over that fill no turn.</summary>
    public bool HasRest { get; init; }

    /// <summary>The taps of the last depth axis, if not every row meets all of them; the depth is that of one of them.</summary>
    public IReadOnlyList<TapRun> Runs { get; init; } = [];

    /// <summary>Whether each turn fetches a cache line for a tile to come.</summary>
    public bool Fetches { get; init; }

    /// <summary>
    /// Whether the left factor is a copy in the order in which narrow tiles read it, the rows of the tallest side by side at each depth.
    /// </summary>
    public bool IsPacked { get; init; }

    /// <summary>
    /// Whether it goes through rows, and for each through a list of depths at which the left factor is not zero.
    /// </summary>
    public bool IsLive { get; init; }

    /// <summary>Whether it goes through one list of the depths at which a single row is not zero.</summary>
    public bool IsListed { get; init; }

    /// <summary>
    /// How far apart rows of the left factor lie, each behind the one before; 0: it is an argument. Processors multiply by a number in memory in one go only if no register is needed for
    /// where it lies beside the one that all rows share.
    /// </summary>
    public long LeftRow { get; init; }

    /// <summary>Whether that is an argument.</summary>
    public bool TakesLeftRow => LineRows > 1 && !IsPacked && LeftRow == 0;

    /// <summary>Whether it has rows that lie apart.</summary>
    public bool HasRows => Rows > 1 || IsLive;

    /// <summary>Whether it may begin with the sums that are in the target.</summary>
    public bool MayGoOn { get; init; }

    /// <summary>The distance of depths in the left factor where it is known, else 0.</summary>
    public int LeftStep => IsPacked ? TileRoom.Narrow.Tallest : UnitStep ? 1 : 0;

    /// <summary>Whether each vector is a panel of its own.</summary>
    public bool VectorsApart { get; init; }

    /// <summary>Over how many panels it reaches, of one vector or of two.</summary>
    public int Panels => IsLive ? 1 : VectorsApart ? Vectors : (Vectors + 1) / 2;

    /// <summary>Whether each number of the right factor is two columns, sixteen apart, as bfloat16.</summary>
    public bool IsPaired { get; init; }
}
