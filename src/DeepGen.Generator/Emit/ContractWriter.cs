using DeepGen.Generator.Lower;

namespace DeepGen.Generator.Emit;

/// <summary>
/// The loops around the tiles of one product: panels of columns outside, so that a panel of weights stays in the cache,
/// rows inside, in tiles whose height divides the rows where that is possible.
/// </summary>
internal sealed partial class ContractWriter(CodeWriter code, TileWriter tiles)
{
    /// <summary>
    /// Of a row so many vectors at a time, where weights come in pairs or registers are narrow: fewer sums wait for their last additions longer
    /// than for weights. Wide registers wait for the weights, which come faster one after another.
    /// </summary>
    private const int LongRow = 4;

    /// <summary>Half as many where the epilogue is long: beyond some 200 vector operations in one method compilers lose track of locals.</summary>
    private const int LongEpilogue = 30;

    /// <summary>With fewer panels, threads that share a product share the rows of each panel instead.</summary>
    private const int FewPanels = 8;

    private bool _sharesRows;
    private TileRoom _room = TileRoom.Wide;

    /// <summary>Whether there is one row, for which the method is called from one place alone.</summary>
    public bool IsSingle { get; init; }

    public static IEnumerable<View> Arguments(ContractKernel kernel) =>
        new[] { kernel.Left.View, kernel.Right.View, kernel.Target }.Concat(TileWriter.Extras(kernel.Result).Select(e => e.View))
            .Concat(kernel.Scratch is null ? [] : [kernel.Scratch]);

    public static IEnumerable<string> ArgumentNames(ContractKernel kernel) =>
        new[] { "x", "w", "y" }.Concat(TileWriter.Extras(kernel.Result).Select((_, i) => "e" + NumberText.Of(i)))
            .Concat(kernel.Scratch is null ? [] : ["scratch"]);

    public void Write(ContractKernel kernel, string name)
    {
        string rows = IsSingle ? "1" : kernel.Level == Level.Chunk ? "count" : SizeText.Of(kernel.Rows);
        string size = string.Join(" x ", kernel.OuterExtents.Where(SizeText.IsLoop).Select(SizeText.Of).Append(rows));
        code.Line($"/// <summary>{size} rows of {SizeText.Of(kernel.Columns)} columns, each summed along {string.Join(" x ", kernel.DepthExtents.Select(e => e.IsBatch ? "the batch" : SizeText.Of(e)))}.</summary>");
        code.Line($"[MethodImpl(MethodImplOptions.{(IsSingle ? "AggressiveInlining" : "AggressiveOptimization")})]");
        string count = (kernel.Level == Level.Chunk && !IsSingle ? ", nint count" : "") + (kernel.SumsBatch ? ", nint batch" : "")
            + SizeText.Parameters(kernel.Symbols) + (kernel.IsParted ? ", int part, int parts" : "");
        using (code.Braces($"private static void {name}({string.Join(", ", ArgumentNames(kernel).Select(a => "ref float " + a))}{count})"))
        {
            if (kernel.Scratch is null)
            {
                WriteOuter(kernel, 0, rightMoves: true, () => WriteByRoom(() => WriteWide(kernel), () => WriteNarrow(kernel)));
            }
            else
            {
                WriteByRoom(() => WriteOuter(kernel, 0, rightMoves: true, () => WriteWide(kernel)), () => WritePacked(kernel));
            }
        }
    }

    private void WriteByRoom(Action wide, Action narrow)
    {
        using (code.Braces("if (L.IsWide)"))
        {
            wide();
        }

        using (code.Braces("else"))
        {
            narrow();
        }
    }

    private void WriteWide(ContractKernel kernel)
    {
        _room = TileRoom.Wide;
        WriteProduct(kernel, vectors: kernel.PanelWidth == 16 && kernel.PanelStride != 32 && !IsPaired(kernel) ? 1 : 2);
    }

    private void WriteNarrow(ContractKernel kernel)
    {
        _room = IsPaired(kernel) ? TileRoom.NarrowPairs : TileRoom.Narrow;
        WriteProduct(kernel, vectors: IsPaired(kernel) ? 2 : 1);
    }

    private static bool IsPaired(ContractKernel kernel) => kernel.Right.View.Buffer.IsPaired;

    private bool IsNarrowInPanels(ContractKernel kernel) =>
        _room == TileRoom.Narrow && kernel.PanelWidth == 2 * Lanes.Count && kernel.Right.View.Buffer.Memory == Memory.Weights;

    /// <summary>Loops over the outer axes that choose another right factor (outside) or the same one (inside).</summary>
    private void WriteOuter(ContractKernel kernel, int axis, bool rightMoves, Action body)
    {
        if (axis == kernel.OuterExtents.Length)
        {
            body();
        }
        else if (kernel.MovesAlong(axis) == rightMoves && SizeText.IsLoop(kernel.OuterExtents[axis]))
        {
            using (code.Braces($"for (nint o{axis} = 0; o{axis} < {SizeText.Of(kernel.OuterExtents[axis])}; o{axis}++)"))
            {
                WriteOuter(kernel, axis + 1, rightMoves, body);
            }
        }
        else
        {
            WriteOuter(kernel, axis + 1, rightMoves, body);
        }
    }

    private void WriteProduct(ContractKernel kernel, int vectors)
    {
        bool mayBeRow = (IsPaired(kernel) || IsNarrowInPanels(kernel)) && !IsSingle && !kernel.IsParted && kernel.Columns.Value > 2 * Lanes.Count;
        if (mayBeRow && kernel.Level == Level.Chunk)
        {
            using (code.Braces("if (count == 1)"))
            {
                WriteRow(kernel);
            }

            using (code.Braces("else"))
            {
                WritePanels(kernel, vectors);
            }
        }
        else if (mayBeRow && kernel.Rows.IsConstant && kernel.Rows.Value == 1)
        {
            WriteRow(kernel);
        }
        else
        {
            WritePanels(kernel, vectors);
        }
    }

    /// <summary>The columns of one row, those of several panels at a time.</summary>
    private void WriteRow(ContractKernel kernel)
    {
        int vectors = (kernel.Columns.Value + Lanes.Count - 1) / Lanes.Count;
        int partial = kernel.Target.PaddedRows ? 0 : kernel.Columns.Value % Lanes.Count;
        int width = OperationCost.Of(kernel.Result) < LongEpilogue ? LongRow : LongRow / 2;
        bool lastDiffers = vectors % width != 0 || partial != 0;
        int alike = lastDiffers ? (vectors - 1) / width : vectors / width;
        (long weight, long column) = (width / 2 * kernel.PanelStride, 16L * width);
        if (alike > 1)
        {
            using (code.Braces($"for (nint tile = 0; tile < {alike}; tile++)"))
            {
                Outer(width, $"(tile * {NumberText.Of(weight)})", $"(tile * {column})", 0);
            }
        }
        else if (alike == 1)
        {
            Outer(width, "0", "0", 0);
        }

        if (lastDiffers)
        {
            Outer(vectors - (alike * width), NumberText.Of(alike * weight), NumberText.Of(alike * column), partial);
        }

        void Outer(int count, string weightText, string columnText, int last) =>
            WriteOuter(kernel, 0, rightMoves: false, () => Call(kernel, 1, count, null, 0, weightText, columnText, last));
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
        if (padded && rest > width - 16)
        {
            full++;
            rest = 0;
        }

        bool sharesPanels = kernel.IsParted && full >= FewPanels;
        _sharesRows = kernel.IsParted && !sharesPanels;
        if (full > 1)
        {
            (string first, string end) = sharesPanels ? PartText.Range(full) : ("0", NumberText.Of(full));
            using (code.Braces($"for (nint panel = {first}; panel < {end}; panel++)"))
            {
                WriteBlock(kernel, vectors, "panel", 0, 0);
            }
        }
        else if (full == 1)
        {
            WriteBlock(kernel, vectors, null, 0, 0);
        }

        if (rest > 0)
        {
            int restVectors = (rest + 15) / 16;
            using (sharesPanels ? code.Braces("if (part == parts - 1)") : default(IDisposable))
            {
                WriteBlock(kernel, restVectors, null, full * vectors, padded ? 0 : rest % 16);
            }
        }
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
            ? (NumberText.Of(WeightOffset(kernel, firstVector)), NumberText.Of(16L * firstVector))
            : vectors == 2 || kernel.PanelWidth == 16
                ? ($"(panel * {NumberText.Of(kernel.PanelStride)})", $"(panel * {16 * vectors})")
                : ($"((panel >> 1) * {NumberText.Of(kernel.PanelStride)}) + ((panel & 1) * 16)", "(panel * 16)");
        WriteOuter(kernel, 0, rightMoves: false, () => WriteRows(kernel, vectors, weight, column, partial));
    }

    private static long WeightOffset(ContractKernel kernel, int vector) =>
        (vector / 2 * kernel.PanelStride) + (vector % 2 * 16);

    private void WriteRows(ContractKernel kernel, int vectors, string weight, string column, int partial)
    {
        if (IsSingle)
        {
            Call(kernel, 1, vectors, null, 0, weight, column, partial);
            return;
        }

        if (kernel.Overlap is { } overlap)
        {
            code.Line($"nint skipped = Math.Max(0, {Quotient(overlap.Before)});");
            code.Line($"nint taken = Math.Min({SizeText.Of(kernel.DepthExtents[0])}, {Quotient(overlap.Rows + overlap.Before)}) - skipped;");
        }

        // The first k with o · OuterStep + k · DepthStep ≥ end, or less than 1 where there are none before it.
        string Quotient(int end)
        {
            string first = $"{NumberText.Of(end + overlap!.DepthStep - 1)} - {AddressText.Sum(0, [("o0", overlap.OuterStep)])}";
            return overlap.DepthStep == 1 ? first : $"({first}) / {NumberText.Of(overlap.DepthStep)}";
        }

        if (kernel.Level == Level.Chunk || kernel.Rows.IsOpen)
        {
            string count = kernel.Level == Level.Chunk ? "count" : SizeText.Of(kernel.Rows);
            WriteCountedRows(kernel, count, vectors, weight, column, partial);
            return;
        }

        int done = 0;
        foreach ((int height, int times) in RowTiles.Split(kernel.Rows.Value, _room.Tallest, _room.Shortest))
        {
            if (times > 1)
            {
                string first = NumberText.Of(done);
                string end = NumberText.Of(done + (height * times));
                if (_sharesRows)
                {
                    (string From, string To) tiles = PartText.Range(times);
                    first = $"{done} + ({height} * ({tiles.From}))";
                    end = $"{done} + ({height} * ({tiles.To}))";
                }

                using (code.Braces($"for (nint row = {first}; row < {end}; row += {height})"))
                {
                    Call(kernel, height, vectors, "row", 0, weight, column, partial);
                }
            }
            else
            {
                using (_sharesRows ? code.Braces($"if (part == {done} % parts)") : default(IDisposable))
                {
                    Call(kernel, height, vectors, null, done, weight, column, partial);
                }
            }

            done += height * times;
        }
    }

    private void WriteCountedRows(ContractKernel kernel, string count, int vectors, string weight, string column, int partial)
    {
        int height = Math.Min(8, _room.Tallest / kernel.Chains);
        using (code.Braces())
        {
            code.Line("nint row = 0;");
            // Eight rows are twice four, rather than six and two: short tiles wait for their own sums.
            bool leavesEight = height == 6;
            using (code.Braces($"for (; row + {height} <= {count}{(leavesEight ? $" && row + 8 != {count}" : "")}; row += {height})"))
            {
                Call(kernel, height, vectors, "row", 0, weight, column, partial);
            }

            for (int rest = height > 4 ? 4 : 2; rest >= 1; rest /= 2)
            {
                bool repeats = leavesEight && rest == 4;
                string condition = rest == 1 ? $"row < {count}" : $"row + {rest} <= {count}";
                using (code.Braces(repeats ? $"for (; {condition}; row += {rest})" : $"if ({condition})"))
                {
                    Call(kernel, rest, vectors, "row", 0, weight, column, partial);
                    if (rest > 1 && !repeats)
                    {
                        code.Line($"row += {rest};");
                    }
                }
            }
        }
    }
}
