using DeepGen.Generator.Lower;

namespace DeepGen.Generator.Emit;

/// <summary>The rows of a panel in tiles: as many as are known beforehand, as many as there are, or a single one.</summary>
internal sealed partial class ContractWriter
{
    /// <summary>
    /// Of a row so many vectors at a time, where weights come in pairs or registers are narrow: fewer sums wait for their last additions longer
    /// than for weights. Wide registers wait for the weights, which come faster one after another.
    /// </summary>
    private const int LongRow = 4;

    /// <summary>Taller tiles with several loops along their taps are no faster.</summary>
    private const int TallestWithRuns = 8;

    /// <summary>Vector multiply-adds that all loops of a tile may have: with its epilogue, what compilers keep in registers.</summary>
    private const int MostProducts = 80;

    /// <summary>Multiply-adds and what is done to the sums, in straight line, of a tile that takes several depths in a turn.</summary>
    private const int MostOperations = 160;

    /// <summary>The columns of one row, those of several panels at a time.</summary>
    private void WriteRow(ContractKernel kernel) => WriteTilesOfRow(kernel, (vectors, weight, column, partial) =>
        WriteOuter(kernel, 0, rightMoves: false, () => Call(kernel, 1, vectors, null, 0, weight, column, partial)));

    /// <param name="write">Writes a tile: its vectors, where its weights and its columns begin, and how many columns of its last vector are stored.</param>
    private void WriteTilesOfRow(ContractKernel kernel, Action<int, string, string, int> write)
    {
        int width = TileEpilogue.IsLong(kernel.Result) ? LongRow / 2 : LongRow;
        (int alike, int last, int partial) = ColumnTiles.Of(kernel, width);
        (long weight, long column) = ((_halvesApart ? width : width / 2) * _panelStride, 16L * width);
        bool isShared = SharesColumns(kernel);
        if (alike > 1)
        {
            (string first, string end) = isShared ? PartText.Range(alike) : ("0", NumberText.Of(alike));
            using (code.Braces($"for (nint tile = {first}; tile < {end}; tile++)"))
            {
                write(width, $"(tile * {NumberText.Of(weight)})", $"(tile * {column})", 0);
            }
        }
        else if (alike == 1)
        {
            using (InPart("0", isShared))
            {
                write(width, "0", "0", 0);
            }
        }

        if (last > 0)
        {
            using (InPart("parts - 1", isShared))
            {
                write(last, NumberText.Of(alike * weight), NumberText.Of(alike * column), partial);
            }
        }
    }

    private void WriteRows(ContractKernel kernel, int vectors, string weight, string column, int partial)
    {
        if (IsSingle)
        {
            Call(kernel, 1, vectors, null, 0, weight, column, partial);
            return;
        }

        if (kernel.Level == Level.Chunk || kernel.Rows.IsOpen)
        {
            string count = kernel.Level == Level.Chunk ? "count" : SizeText.Of(kernel.Rows);
            WriteCountedRows(kernel, count, vectors, weight, column, partial);
            return;
        }

        int done = 0;
        foreach ((int height, int times) in Tiles(kernel, vectors))
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
                    Call(kernel, height, vectors, "row", done, weight, column, partial);
                }
            }
            else
            {
                using (InPart($"{done} % parts", _sharesRows))
                {
                    Call(kernel, height, vectors, null, done, weight, column, partial);
                }
            }

            done += height * times;
        }
    }

    /// <summary>Where the rows or columns of the image begin that an output meets, and how many they are.</summary>
    private void WriteMet(ContractKernel kernel, int axis)
    {
        if (kernel.OverlapAlong(axis) is { } overlap)
        {
            int lines = kernel.Window?.Lines ?? 1;
            (string, long)[] counted = SizeText.IsLoop(kernel.OuterExtents[axis]) ? [($"o{axis}", lines * overlap.OuterStep)] : [];
            (string, long)[] row = overlap.From is { } from ? [.. counted, (from.Variable.Name, from.Stride)] : counted;
            string upperFirst = First(overlap.Before);
            string upperEnd = End(overlap.Before);
            if (lines == 1)
            {
                code.Line($"nint skipped{axis} = {upperFirst};");
                code.Line($"nint taken{axis} = {upperEnd} - skipped{axis};");
                return;
            }

            // The lower of two lines meets the image earlier, and leaves it earlier.
            int lower = overlap.Before - overlap.OuterStep;
            code.Line($"nint skipped{axis} = {First(lower)};");
            code.Line($"nint above = {upperFirst} - skipped{axis};");
            code.Line($"nint taken{axis} = {End(lower)} - above - skipped{axis};");
            code.Line($"nint below = {upperEnd} - taken{axis} - above - skipped{axis};");

            string First(int before) => before <= 0 ? "0" : $"Math.Max(0, {FirstFrom(before, overlap.DepthStep, row)})";

            string End(int before) => $"Math.Min({SizeText.Of(kernel.DepthExtents[axis])}, {FirstFrom(overlap.Rows + before, overlap.DepthStep, row)})";
        }
    }

    /// <summary>The first k with row + k · step ≥ end, or less than 1 where there are none before it.</summary>
    /// <param name="row">Whose sum is the row of the first.</param>
    private static string FirstFrom(int end, int step, IEnumerable<(string Index, long Stride)> row)
    {
        string first = string.Join(" - ", row.Select(t => AddressText.Sum(0, [t])).Prepend(NumberText.Of(end + step - 1)));
        return step == 1 ? first : $"({first}) / {NumberText.Of(step)}";
    }

    private IEnumerable<(int Height, int Times)> Tiles(ContractKernel kernel, int vectors)
    {
        int rows = kernel.Rows.Value;
        if (WindowOf(kernel) is { } window)
        {
            return WindowTiles(kernel, window, vectors);
        }

        if (kernel.Taps is not { } taps)
        {
            return Tiles(rows, _room.Tallest);
        }

        // The more loops a tile has the shorter it is; a single row has one.
        return Enumerable.Range(1, Math.Min(_room.Tallest, TallestWithRuns)).Reverse()
            .Select(tallest => Alike(Tiles(rows, tallest), taps, 1))
            .First(tiles => tiles.All(t => t.Height <= _room.Together || t.Runs.Sum(r => r.Rows) * vectors * _room.StepsOfLong <= MostProducts))
            .Select(t => (t.Height, t.Times));
    }

    /// <summary>Tiles of whole windows, as few as there may be; those at the edges, which have more loops, are the shorter ones.</summary>
    private IEnumerable<(int Height, int Times)> WindowTiles(ContractKernel kernel, TileWindow window, int vectors)
    {
        int rows = kernel.Rows.Value;
        int tallest = _room.Tallest / (window.Lines * window.Pixels);
        int fewest = (rows + tallest - 1) / tallest;
        return Enumerable.Range(fewest, rows + 1 - fewest)
            .Select(tiles => Alike(ShortAtEnds(rows, tiles), kernel.Taps, window.Pixels))
            .First(tiles => tiles.All(t => t.Height == 1 || Pixels(t.Height, t.Runs) * window.LinesOfLoops * vectors <= MostProducts))
            .Select(t => (t.Height, t.Times));

        int Pixels(int height, IReadOnlyList<TapRun> runs) => runs.Count == 0 ? height * window.Pixels : runs.Sum(r => r.Rows);
    }

    private static IEnumerable<(int Height, int Times)> ShortAtEnds(int rows, int tiles)
    {
        (int height, int taller) = (rows / tiles, rows % tiles);
        int shorter = tiles - taller;
        return [(height, (shorter + 1) / 2), (height + 1, taller), (height, shorter / 2)];
    }

    private static TileWindow? WindowOf(ContractKernel kernel) => kernel.Window is { } window
        ? new TileWindow(window.Reduction, window.Lines, window.Pixels, window.Lines > 1 && kernel.OverlapAlong(0) is not null, window.Result)
        : null;

    private IEnumerable<(int Height, int Times)> Tiles(int rows, int tallest)
    {
        int together = _room.Together;
        IEnumerable<(int, int)> tiles = RowTiles.Split(rows / together, tallest, _room.Shortest).Select(t => (together * t.Height, t.Times));
        return rows % together == 0 ? tiles : tiles.Append((1, 1));
    }

    /// <summary>Tiles whose rows do not meet the same taps are not alike.</summary>
    private List<(int Height, int Times, IReadOnlyList<TapRun> Runs)> Alike(IEnumerable<(int Height, int Times)> tiles, RowTaps? taps, int pixels)
    {
        var alike = new List<(int Height, int Times, IReadOnlyList<TapRun> Runs)>();
        int row = 0;
        foreach (int height in tiles.SelectMany(t => Enumerable.Repeat(t.Height, t.Times)))
        {
            IReadOnlyList<TapRun> runs = taps?.Runs(row * pixels, height * pixels, Together(height)) ?? [];
            int last = alike.Count - 1;
            if (last >= 0 && alike[last].Height == height && alike[last].Runs.SequenceEqual(runs))
            {
                alike[last] = (height, alike[last].Times + 1, runs);
            }
            else
            {
                alike.Add((height, 1, runs));
            }

            row += height;
        }

        return alike;
    }

    /// <summary>How many of a tile's rows share a vector: a last one may be alone.</summary>
    private int Together(int height) => height == 1 ? 1 : _room.Together;

    private void WriteCountedRows(ContractKernel kernel, string count, int vectors, string weight, string column, int partial)
    {
        int height = _room.Together > 1 ? 8 : Math.Min(8, _room.Tallest / kernel.Chains);
        using (code.Braces())
        {
            code.Line("nint row = 0;");
            if (height == 6)
            {
                WriteSixes(count, rows => Call(kernel, rows, vectors, "row", 0, weight, column, partial));
                return;
            }

            using (code.Braces($"for (; row + {height} <= {count}; row += {height})"))
            {
                Call(kernel, height, vectors, "row", 0, weight, column, partial);
            }

            for (int rest = height > 4 ? 4 : 2; rest >= 1; rest /= 2)
            {
                using (code.Braces(rest == 1 ? $"if (row < {count})" : $"if (row + {rest} <= {count})"))
                {
                    Call(kernel, rest, vectors, "row", 0, weight, column, partial);
                    if (rest > 1)
                    {
                        code.Line($"row += {rest};");
                    }
                }
            }
        }
    }

    /// <summary>Tiles of six rows, and one of those that are left. Seven or eight are four, and then the rest: shorter tiles wait for their own sums.</summary>
    private void WriteSixes(string count, Action<int> write)
    {
        using (code.Braces($"for (; row + 9 <= {count} || row + 6 == {count}; row += 6)"))
        {
            write(6);
        }

        using (code.Braces($"if (row + 6 < {count})"))
        {
            write(4);
            code.Line("row += 4;");
        }

        using (code.Braces($"switch ({count} - row)"))
        {
            for (int rows = 5; rows >= 1; rows--)
            {
                using (code.Braces($"case {rows}:"))
                {
                    write(rows);
                    code.Line("break;");
                }
            }
        }
    }
}
