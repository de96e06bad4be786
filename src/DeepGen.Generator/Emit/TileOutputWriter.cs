using DeepGen.Generator.Lower;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Emit;

/// <summary>
/// Aᵀ m A for every tile, sixteen channels at a time, and what the layer does with the outputs. Outputs beyond the image's
/// edge are computed and not stored.
/// </summary>
internal sealed class TileOutputWriter(CodeWriter code)
{
    public static IEnumerable<View> Arguments(TileOutputKernel kernel) =>
        new[] { kernel.Products, kernel.Scratch, kernel.Target }.Concat(TileWriter.Extras(kernel.Result).Select(e => e.View));

    public void Write(TileOutputKernel kernel, string name)
    {
        TileGrid grid = kernel.Grid;
        WinogradTransform transform = grid.Transform;
        (int tile, int side) = (transform.Tile, transform.Side);
        long[] m = kernel.Products.Strides.ToArray();
        List<LoadExpression> extras = TileWriter.Extras(kernel.Result);
        IEnumerable<string> names = new[] { "x", "s", "y" }.Concat(extras.Select((_, i) => "e" + NumberText.Of(i)));
        code.Line($"/// <summary>{grid.Rows} x {grid.Columns} tiles of {tile} x {tile} outputs of {kernel.Channels} channels, from {transform.Points} points.</summary>");
        code.Line(MethodText.Kernel);
        using (code.Braces($"private static void {name}({string.Join(", ", names.Select(n => "ref float " + n))})"))
        using (code.Braces($"for (nint i = 0; i < {grid.Rows}; i++)"))
        {
            string rows = NumberText.Of(tile);
            if (grid.LastRows < tile)
            {
                code.Line($"nint rows = i == {grid.Rows - 1} ? {grid.LastRows} : {tile};");
                rows = "rows";
            }

            using (code.Braces($"for (nint c = 0; c < {kernel.Channels}; c += 16)"))
            using (code.Braces($"for (nint t = 0; t < {grid.Columns}; t++)"))
            {
                using (code.Braces($"for (nint k = 0; k < {side}; k++)"))
                {
                    code.Line($"ref float from = ref Unsafe.Add(ref x, {AddressText.Sum(0, [("k", m[0]), ("i", grid.Columns * m[1]), ("t", m[1]), ("c", 1L)])});");
                    string[] half = Transform(transform, "from", side * m[0]);
                    for (int r = 0; r < half.Length; r++)
                    {
                        code.Line($"L.Store({half[r]}, ref s, (k * 16) + {16 * side * r});");
                    }
                }

                using (code.Braces($"for (nint k = 0; k < {rows}; k++)"))
                {
                    code.Line($"ref float from = ref Unsafe.Add(ref s, k * {16 * side});");
                    WriteOutputs(kernel, extras, Transform(transform, "from", 16));
                }
            }
        }
    }

    private string[] Transform(WinogradTransform transform, string from, long step)
    {
        var inputs = new string[transform.Side];
        for (int k = 0; k < inputs.Length; k++)
        {
            code.Line($"L m{k} = L.Load(ref {from}, {NumberText.Of(k * step)});");
            inputs[k] = "m" + NumberText.Of(k);
        }

        return new LinearMapText(code, "v").Write(transform.Output, inputs);
    }

    /// <summary>A row of a tile: the epilogue of each output, and its store.</summary>
    private void WriteOutputs(TileOutputKernel kernel, List<LoadExpression> extras, string[] outputs)
    {
        TileGrid grid = kernel.Grid;
        int tile = grid.Transform.Tile;
        View target = kernel.Target;
        code.Line($"ref float to = ref Unsafe.Add(ref y, {Corner(target)});");
        for (int i = 0; i < extras.Count; i++)
        {
            code.Line($"ref float from{i} = {AddressText.Reference("e" + NumberText.Of(i), Corner(extras[i].View))};");
        }

        bool whole = target.PaddedRows || kernel.Channels % 16 == 0;
        for (int j = 0; j < (grid.Columns == 1 ? grid.LastColumns : tile); j++)
        {
            bool mayBeBeyond = j >= grid.LastColumns;
            using (mayBeBeyond ? code.Braces($"if (t < {grid.Columns - 1})") : default(IDisposable))
            {
                string value = new ExpressionWriter(code, Extra, outputs[j], $"t{j}_").Write(kernel.Result);
                string at = NumberText.Of(j * target.Strides[1]);
                code.Line(whole ? $"L.Store({value}, ref to, {at});" : $"L.StoreFirst({value}, ref to, {at}, (int)Math.Min(16, {kernel.Channels} - c));");

                string Extra(LoadExpression load)
                {
                    string from = "from" + NumberText.Of(extras.IndexOf(load));
                    string offset = NumberText.Of(j * load.View.Strides[1]);
                    return load.View.Strides[2] == 1
                        ? $"L.Load(ref {from}, {offset})"
                        : $"L.Broadcast({(offset == "0" ? from : $"Unsafe.Add(ref {from}, {offset})")})";
                }
            }
        }

        string Corner(View view) => AddressText.Sum(
            0, [("i", tile * view.Strides[0]), ("k", view.Strides[0]), ("t", tile * view.Strides[1]), ("c", view.Strides[2])]);
    }
}
