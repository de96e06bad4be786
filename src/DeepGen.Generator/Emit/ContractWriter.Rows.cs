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

    /// <summary>The columns of one row, those of several panels at a time.</summary>
    private void WriteRow(ContractKernel kernel)
    {
        int width = TileEpilogue.IsLong(kernel.Result) ? LongRow / 2 : LongRow;
        (int alike, int last, int partial) = ColumnTiles.Of(kernel, width);
        (long weight, long column) = ((_halvesApart ? width : width / 2) * _panelStride, 16L * width);
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

        if (last > 0)
        {
            Outer(last, NumberText.Of(alike * weight), NumberText.Of(alike * column), partial);
        }

        void Outer(int count, string weightText, string columnText, int lastColumns) =>
            WriteOuter(kernel, 0, rightMoves: false, () => Call(kernel, 1, count, null, 0, weightText, columnText, lastColumns));
    }

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
        foreach ((int height, int times) in Tiles(kernel.Rows.Value))
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

    private IEnumerable<(int Height, int Times)> Tiles(int rows)
    {
        if (_room != TileRoom.NarrowTwins)
        {
            return RowTiles.Split(rows, _room.Tallest, _room.Shortest);
        }

        IEnumerable<(int, int)> twins = RowTiles.Split(rows / 2, _room.Tallest, _room.Shortest).Select(t => (2 * t.Height, t.Times));
        return rows % 2 == 0 ? twins : twins.Append((1, 1));
    }

    private void WriteCountedRows(ContractKernel kernel, string count, int vectors, string weight, string column, int partial)
    {
        int height = _room == TileRoom.NarrowTwins ? 8 : Math.Min(8, _room.Tallest / kernel.Chains);
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
