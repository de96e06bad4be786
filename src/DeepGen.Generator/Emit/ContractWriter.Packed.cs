using DeepGen.Generator.Lower;

namespace DeepGen.Generator.Emit;

/// <summary>The loops around tiles that read copies of both factors: pieces of samples, pieces of rows, panels of columns.</summary>
internal sealed partial class ContractWriter
{
    private static readonly int s_group = TileRoom.Narrow.Tallest;

    private void WritePacked(ContractKernel kernel)
    {
        code.Line("ref float columns = ref scratch;");
        code.Line($"ref float left = ref Unsafe.Add(ref scratch, {PackedProduct.PanelLength(kernel)});");
        if (!kernel.SumsBatch)
        {
            code.Line($"const int depth = {kernel.DepthExtents[0].Value};");
            WritePiece(kernel);
            return;
        }

        using (code.Braces($"for (nint first = 0; first < batch; first += {PackedProduct.Depth})"))
        {
            code.Line($"nint depth = Math.Min({PackedProduct.Depth}, batch - first);");
            WritePiece(kernel);
        }
    }

    /// <summary>A piece of the depth: the copies, and all tiles that read them.</summary>
    private void WritePiece(ContractKernel kernel)
    {
        int most = PackedProduct.Rows(kernel);
        int panels = (kernel.Columns.Value + 15) / 16;
        bool sharesPanels = SharesPanels(kernel, panels);
        bool sharesRows = kernel.IsParted && !sharesPanels;
        (string firstRow, string endRow) = RowRange(kernel, sharesRows);
        (string firstPanel, string endPanel) = sharesPanels ? PartText.Range(panels) : ("0", NumberText.Of(panels));
        int partial = kernel.Target.PaddedRows ? 0 : kernel.Columns.Value % 16;
        string first = kernel.SumsBatch ? "first" : "0";
        using (code.Braces($"for (nint block = {firstRow}; block < {endRow}; block += {most})"))
        {
            code.Line($"nint rows = Math.Min({most}, {(sharesRows ? $"({endRow})" : endRow)} - block);");
            code.Line($"Blocks.PackRows({Reference("x", (first, kernel.Left.DepthStrides[0]), ("block", 1))}, {kernel.Left.DepthStrides[0]}, ref left, depth, rows);");
            using (code.Braces($"for (nint panel = {firstPanel}; panel < {endPanel}; panel++)"))
            {
                code.Line($"Blocks.PackColumns({Reference("w", (first, kernel.PanelWidth), ("panel", 16))}, {kernel.PanelWidth}, ref columns, depth);");
                if (partial == 0 || panels == 1)
                {
                    WritePackedRows(kernel, partial);
                    return;
                }

                using (code.Braces($"if (panel < {panels - 1})"))
                {
                    WritePackedRows(kernel, 0);
                }

                using (code.Braces("else"))
                {
                    WritePackedRows(kernel, partial);
                }
            }
        }
    }

    /// <summary>The rows of a piece in tiles of six; those of the last group that fill no tile in smaller ones.</summary>
    private void WritePackedRows(ContractKernel kernel, int partial)
    {
        code.Line("nint row = 0;");
        using (code.Braces($"for (; row + {s_group} <= rows; row += {s_group})"))
        {
            CallPacked(kernel, s_group, "(row * depth)", partial);
        }

        code.Line("nint last = row;");
        for (int rest = 4; rest >= 1; rest /= 2)
        {
            using (code.Braces($"if (row + {rest} <= rows)"))
            {
                CallPacked(kernel, rest, "(last * depth) + row - last", partial);
                code.Line($"row += {rest};");
            }
        }
    }

    private void CallPacked(ContractKernel kernel, int rows, string left, int partial)
    {
        List<LoadExpression> extras = TileWriter.Extras(kernel.Result);
        var shape = new TileShape(rows, 1, 1, 0, 1, false, 16, partial, ExtraRowVaries(kernel, extras))
        {
            IsPacked = true,
            MayGoOn = kernel.SumsBatch,
            Steps = TileRoom.Narrow.Steps,
            HasRest = kernel.SumsBatch || kernel.DepthExtents[0].Value % TileRoom.Narrow.Steps != 0,
        };
        var arguments = new List<string> { $"ref Unsafe.Add(ref left, {left})", "ref columns", "depth", At("y", RowStride(kernel, kernel.Target), true) };
        if (rows > 1)
        {
            arguments.Add(NumberText.Of(RowStride(kernel, kernel.Target)));
        }

        arguments.AddRange(ExtraArguments(kernel, extras, shape.HasRows, (name, _, rowStride, columnVaries) => At(name, rowStride, columnVaries)));
        if (kernel.SumsBatch)
        {
            arguments.Add("first > 0");
        }

        code.Line($"{tiles.Request(shape, kernel.Result)}({string.Join(", ", arguments)});");

        string At(string name, long rowStride, bool columnVaries) => Reference(name, ("(block + row)", rowStride), ("panel", columnVaries ? 16 : 0));
    }

    private static string Reference(string name, params (string Index, long Stride)[] terms) =>
        AddressText.Reference(name, AddressText.Sum(0, terms.Where(t => t.Index != "0")));
}
