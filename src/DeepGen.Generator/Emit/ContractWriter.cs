using DeepGen.Generator.Lower;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Emit;

/// <summary>
/// The loops around the tiles of one product: panels of columns outside, so that a panel of weights stays in the cache,
/// rows inside, in tiles whose height divides the rows where that is possible.
/// </summary>
/// <param name="code">The text.</param>
/// <param name="tiles">Who writes the tiles.</param>
/// <param name="owner">The generic class that all of it is in.</param>
internal sealed partial class ContractWriter(CodeWriter code, TileWriter tiles, string owner)
{
    /// <summary>With fewer panels, threads that share a product share the rows of each panel instead.</summary>
    private const int FewPanels = 8;

    /// <summary>Two panels of this depth are half a megabyte.</summary>
    private const int DeepestOfTwoPanels = 2048;

    private bool _sharesRows;
    private TileRoom _room = TileRoom.Wide;

    /// <summary>Whether each vector of columns is a panel of its own.</summary>
    private bool _halvesApart;

    /// <summary>The class whose tiles have two rows in a vector, with its dot; empty where it is this one.</summary>
    private string _twinLanes = "";

    private int _panelWidth;
    private long _panelStride;

    /// <summary>Whether there is one row, for which the method is called from one place alone.</summary>
    public bool IsSingle { get; init; }

    /// <summary>Whether the method is a part of the one that calls it.</summary>
    public bool IsInlined { get; init; }

    public static IEnumerable<View> Arguments(ContractKernel kernel) =>
        new[] { kernel.Left.View, kernel.Right.View, kernel.Target }.Concat(TileWriter.Extras(kernel.Result).Select(e => e.View)).Concat(kernel.Memories);

    public static IEnumerable<string> ArgumentNames(ContractKernel kernel) =>
        new[] { "x", "w", "y" }.Concat(TileWriter.Extras(kernel.Result).Select((_, i) => "e" + NumberText.Of(i)))
            .Concat(kernel.Scratch is null ? [] : ["scratch"]).Concat(kernel.Lists is null ? [] : ["lists"]);

    public void Write(ContractKernel kernel, string name)
    {
        string rows = IsSingle ? "1" : kernel.Level == Level.Chunk ? "count" : SizeText.Of(kernel.Rows);
        string size = string.Join(" x ", kernel.OuterExtents.Where(SizeText.IsLoop).Select(SizeText.Of).Append(rows));
        string of = kernel.Window is { } window ? $"the {(window.Reduction == Reduction.Max ? "greatest" : "total")} of {window.Lines} x {window.Pixels} sums" : "summed";
        code.Line($"/// <summary>{size} rows of {SizeText.Of(kernel.Columns)} columns, each {of} along {string.Join(" x ", kernel.DepthExtents.Select(e => e.IsBatch ? "the batch" : SizeText.Of(e)))}.</summary>");
        code.Line(IsInlined ? MethodText.Inlined : MethodText.Kernel);
        List<(string Type, string Name)> parameters = Parameters(kernel);
        using (code.Braces($"private static void {name}({Declared(parameters)})"))
        {
            if (kernel.SkipsInRows)
            {
                WriteIfLive(kernel, name, parameters);
            }

            if (kernel.Scratch is null)
            {
                WriteOuter(kernel, 0, rightMoves: true, () => TileRoom.Choose(code, () => WriteWide(kernel), () => WriteNarrow(kernel), kernel.Where));
            }
            else
            {
                TileRoom.Choose(code, () => WriteOuter(kernel, 0, rightMoves: true, () => WriteWide(kernel)), () => WritePacked(kernel));
            }
        }

        if (kernel.SkipsInRows)
        {
            WriteLive(kernel, name, parameters);
        }
    }

    private List<(string Type, string Name)> Parameters(ContractKernel kernel)
    {
        List<(string, string)> parameters = ArgumentNames(kernel).Select(a => ("ref float", a)).ToList();
        if (kernel.Level == Level.Chunk && !IsSingle)
        {
            parameters.Add(("nint", "count"));
        }

        if (kernel.SumsBatch)
        {
            parameters.Add(("nint", "batch"));
        }

        parameters.AddRange(kernel.Symbols.Select(s => ("nint", SizeNames.Of(s))));
        parameters.AddRange(kernel.Counters.Select(c => ("nint", c.Name)));
        if (kernel.TakesBlocks)
        {
            parameters.Add(("int", "fromBlock"));
            parameters.Add(("int", "toBlock"));
        }

        if (kernel.IsParted)
        {
            parameters.Add(("int", "part"));
            parameters.Add(("int", "parts"));
        }

        return parameters;
    }

    private static string Declared(IEnumerable<(string Type, string Name)> parameters) => string.Join(", ", parameters.Select(p => $"{p.Type} {p.Name}"));

    private void WriteWide(ContractKernel kernel)
    {
        _room = TileRoom.Wide;
        (_halvesApart, _panelWidth, _panelStride) = (false, kernel.PanelWidth, kernel.PanelStride);
        WriteProduct(kernel, vectors: kernel.PanelWidth == 16 && kernel.PanelStride != 32 && !IsPaired(kernel) ? 1 : 2);
    }

    private void WriteNarrow(ContractKernel kernel)
    {
        _room = IsPaired(kernel) ? TileRoom.NarrowPairs : TileRoom.Narrow;
        (_halvesApart, _panelWidth, _panelStride) = kernel.HasHalves
            ? (true, Lanes.Count, kernel.PanelStride / 2)
            : (false, kernel.PanelWidth, kernel.PanelStride);
        WriteProduct(kernel, vectors: IsPaired(kernel) ? 2 : 1);
    }

    /// <summary>Whether threads have some of the columns each, for the samples may be few.</summary>
    private static bool SharesColumns(ContractKernel kernel) => kernel is { IsParted: true, Level: Level.Chunk };

    /// <summary>The same where there are enough of them.</summary>
    private static bool SharesPanels(ContractKernel kernel, int panels) => SharesColumns(kernel) || (kernel.IsParted && panels >= FewPanels);

    /// <summary>What is done in one part alone, if it is shared.</summary>
    private IDisposable? InPart(string part, bool isShared) => isShared ? code.Braces($"if (part == {part})") : null;

    private static bool IsPaired(ContractKernel kernel) => kernel.Right.View.Buffer.IsPaired;

    /// <summary>Loops over the outer axes that choose another right factor (outside) or the same one (inside); what is no loop is outside.</summary>
    private void WriteOuter(ContractKernel kernel, int axis, bool rightMoves, Action body)
    {
        if (axis == kernel.OuterExtents.Length)
        {
            body();
            return;
        }

        bool isLoop = SizeText.IsLoop(kernel.OuterExtents[axis]);
        bool isHere = rightMoves == (kernel.MovesAlong(axis) || !isLoop);
        bool isBlock = kernel.TakesBlocks && axis == kernel.OuterExtents.Length - 1;
        (string first, string end) = isBlock ? ("fromBlock", "toBlock") : ("0", SizeText.Of(kernel.OuterExtents[axis]));
        using (isHere && isLoop ? code.Braces($"for (nint o{axis} = {first}; o{axis} < {end}; o{axis}++)") : default(IDisposable))
        {
            if (isHere)
            {
                WriteMet(kernel, axis);
            }

            WriteOuter(kernel, axis + 1, rightMoves, body);
        }
    }

    /// <summary>The first row and that behind the last one, through all blocks.</summary>
    /// <param name="kernel">The product.</param>
    /// <param name="isShared">Whether threads have some of the rows each.</param>
    private static (string First, string End) RowRange(ContractKernel kernel, bool isShared)
    {
        (string from, string to) = kernel.TakesBlocks
            ? ($"(fromBlock * {kernel.Rows.Value})", $"(toBlock * {kernel.Rows.Value})")
            : ("0", RowCount(kernel));
        return isShared ? PartText.Range(from, to) : (from, to);
    }

    private static string RowCount(ContractKernel kernel) => kernel.Level == Level.Chunk ? "count" : NumberText.Of(kernel.AllRows);

    private void WriteProduct(ContractKernel kernel, int vectors)
    {
        bool mayBeRow = (IsPaired(kernel) || _halvesApart) && !IsSingle && (!kernel.IsParted || SharesColumns(kernel)) && kernel.Columns.Value > 2 * Lanes.Count;
        bool isBatch = kernel.Level == Level.Chunk;
        if (kernel.SkipsInOne)
        {
            using (code.Braces($"if ({FewAreLive(kernel)})"))
            {
                WriteOne(kernel);
            }
        }

        if (mayBeRow && isBatch)
        {
            using (code.Braces($"{(kernel.SkipsInOne ? "else " : "")}if (count == 1)"))
            {
                WriteRow(kernel);
            }
        }

        using (kernel.SkipsInOne || (mayBeRow && isBatch) ? code.Braces("else") : default(IDisposable))
        {
            if (mayBeRow && !isBatch && kernel.Rows.IsConstant && kernel.Rows.Value == 1)
            {
                WriteRow(kernel);
            }
            else
            {
                WritePanels(kernel, vectors);
            }
        }
    }

    private void WritePanels(ContractKernel kernel, int vectors)
    {
        if (kernel.Columns.IsOpen)
        {
            WriteCountedPanels(kernel, vectors);
            return;
        }

        int width = 16 * vectors;
        int full = kernel.Columns.Value / width;
        int rest = kernel.Columns.Value % width;
        bool padded = kernel.Target.PaddedRows;
        bool endsInTwins = !IsSingle && (_room == TileRoom.Wide ? TwinColumns.SpareWide(kernel) : TwinColumns.SpareNarrow(kernel));
        if (padded && rest > width - 16 && !endsInTwins)
        {
            full++;
            rest = 0;
        }

        TileRoom room = _room;
        int together = TakesTwoPanels(kernel, vectors) ? 2 : 1;
        _room = together == 2 ? TileRoom.TwoPanels : room;
        int turns = full / together;
        int wide = vectors * together;
        bool sharesPanels = SharesPanels(kernel, turns);
        _sharesRows = kernel.IsParted && !sharesPanels;
        if (turns > 1)
        {
            (string first, string end) = sharesPanels ? PartText.Range(turns) : ("0", NumberText.Of(turns));
            using (code.Braces($"for (nint panel = {first}; panel < {end}; panel++)"))
            {
                _fetches = Fetches(kernel, turns);
                if (_fetches)
                {
                    WriteNextPanel(wide, turns);
                }

                WriteBlock(kernel, wide, "panel", 0, 0);
                _fetches = false;
            }
        }
        else if (turns == 1)
        {
            using (InPart("0", sharesPanels))
            {
                WriteBlock(kernel, wide, null, 0, 0);
            }
        }

        _room = room;
        if (full % together > 0)
        {
            using (InPart("parts - 1", sharesPanels))
            {
                WriteBlock(kernel, vectors, null, (full - 1) * vectors, 0);
            }
        }

        if (rest > 0)
        {
            int restVectors = (rest + 15) / 16;
            int partial = padded ? 0 : rest % 16;
            using (InPart("parts - 1", sharesPanels))
            {
                if (endsInTwins)
                {
                    WriteTwins(kernel, full * vectors, restVectors, partial);
                }
                else
                {
                    WriteBlock(kernel, restVectors, null, full * vectors, partial);
                }
            }
        }
    }

    /// <summary>
    /// Whether tiles are lower and two panels wide: fewer instructions for as many products, which counts where another program runs on the other half of the core. Both
    /// panels should stay in a second cache with the rows.
    /// </summary>
    private bool TakesTwoPanels(ContractKernel kernel, int vectors) =>
        _room == TileRoom.Wide && vectors == 2 && !IsSingle && !IsPaired(kernel)
        && kernel is { Window: null, Chains: 1, Triangle: Triangle.None } && (kernel.SumsBatch || WholeDepth(kernel) <= DeepestOfTwoPanels);

    /// <summary>
    /// The last vector by eight columns of two rows, in tiles for narrow registers: each half is a register of its own there, and takes processors with wide
    /// ones half the time, or no more. Vectors before it are whole.
    /// </summary>
    private void WriteTwins(ContractKernel kernel, int firstVector, int vectors, int partial)
    {
        int whole = vectors - 1;
        if (whole > 0)
        {
            WriteBlock(kernel, whole, null, firstVector, 0);
        }

        TileRoom room = _room;
        (_room, _twinLanes) = (TileRoom.NarrowTwins, room == TileRoom.Wide ? $"{owner}<Lanes256>." : "");
        WriteBlock(kernel, 1, null, firstVector + whole, partial);
        _room = room;
    }

    /// <summary>As many columns as there are at run time, in whole vectors: rows are padded to them.</summary>
    private void WriteCountedPanels(ContractKernel kernel, int vectors)
    {
        code.Line($"nint columns = ({SizeText.Of(kernel.Columns)} + 15) / 16;");
        string panels = vectors == 1 ? "columns" : "columns / 2";
        using (code.Braces($"for (nint panel = 0; panel < {panels}; panel++)"))
        {
            WriteBlock(kernel, vectors, "panel", 0, 0);
        }

        if (vectors == 2)
        {
            using (code.Braces("if (columns % 2 != 0)"))
            {
                code.Line("nint last = columns - 1;");
                WriteOuter(kernel, 0, rightMoves: false, () => WriteRows(kernel, 1, "(last * 16)", "(last * 16)", 0));
            }
        }
    }

    /// <summary>All rows of the columns that begin at a vector: of the loop's panel, or a fixed one.</summary>
    private void WriteBlock(ContractKernel kernel, int vectors, string? panel, int firstVector, int partial)
    {
        (string weight, string column) = panel is null
            ? (NumberText.Of(WeightOffset(firstVector)), NumberText.Of(16L * firstVector))
            : (PanelOffset(vectors, panel), $"(panel * {16 * vectors})");
        WriteOuter(kernel, 0, rightMoves: false, () => WriteRows(kernel, vectors, weight, column, partial));
    }

    /// <summary>Where a panel of the loop begins.</summary>
    private string PanelOffset(int vectors, string panel) =>
        vectors > 1 || _panelWidth == 16
            ? $"({panel} * {NumberText.Of((vectors + 1) / 2 * _panelStride)})"
            : $"(({panel} >> 1) * {NumberText.Of(_panelStride)}) + (({panel} & 1) * 16)";

    private long WeightOffset(int vector) => _halvesApart ? vector * _panelStride : (vector / 2 * _panelStride) + (vector % 2 * 16);
}
