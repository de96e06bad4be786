using DeepGen.Generator.Lower;

namespace DeepGen.Generator.Emit;

/// <summary>Tiles whose depth is a list, as the runtime's LiveRows makes them: another one for each row, or that of a single row.</summary>
internal sealed partial class TileWriter
{
    private static void WriteListed(CodeWriter code, TileShape shape) => WriteEntries(code, "live", () =>
    {
        WriteWeights(code, shape, "at", 0, v => WeightName(v, 0));
        WriteProducts(code, shape, 0, 0, "Unsafe.Add(ref entry, 1)", "value", v => WeightName(v, 0));
    });

    /// <summary>All entries from the first one on: what is done with the right factor at the place of each, and with its value.</summary>
    private static void WriteEntries(CodeWriter code, string count, Action write)
    {
        code.Line($"ref float end = ref Unsafe.Add(ref entry, 2 * {count});");
        using (code.Braces("while (Unsafe.IsAddressLessThan(ref entry, ref end))"))
        {
            // Where a place is an unsigned number, adding it is one instruction less.
            code.Line("ref float at = ref Unsafe.Add(ref w, (nint)Unsafe.As<float, uint>(ref entry));");
            write();
            Advance(code, "entry", "2");
        }
    }

    private static void WriteLive(CodeWriter code, TileShape shape, Expression result, List<LoadExpression> extras)
    {
        using (code.Braces("for (nint row = 0; row < rows; row++)"))
        {
            using (code.Braces("if (row < deep)"))
            {
                code.Line("// A depth of the next tile's columns is fetched.");
                code.Line("ref float ahead = ref Unsafe.Add(ref next, row * step);");
                for (int v = 0; v < shape.Vectors; v++)
                {
                    string place = AddressText.Sum(0, [("pair", v / 2), ("odd", v % 2)]);
                    code.Line($"Blocks.Fetch({AddressText.Reference("ahead", place)});");
                }
            }

            code.Line($"L {string.Join(", ", Enumerable.Range(0, shape.Vectors).Select(v => $"{Sum(0, v)} = L.Zero"))};");
            TileEpilogue.WriteGoingOn(code, shape);
            code.Line($"ref float entry = ref Unsafe.Add(ref lists, row * {2 * LiveProduct.Depth});");
            code.Line($"nint count = Unsafe.As<float, int>(ref Unsafe.Add(ref lists, {2 * LiveProduct.Depth * LiveProduct.Rows} + row));");
            WriteEntries(code, "count", () =>
            {
                code.Line("L value = L.Broadcast(Unsafe.Add(ref entry, 1));");
                for (int v = 0; v < shape.Vectors; v++)
                {
                    if (v > 0 && v % 2 == 0)
                    {
                        code.Line("at = ref Unsafe.Add(ref at, wPair);");
                    }

                    string odd = v % 2 == 0 ? "0" : shape.VectorsApart ? "wOdd" : NumberText.Of(Lanes.Count);
                    code.Line($"L.AddProduct(ref {Sum(0, v)}, value, ref at, {odd});");
                }
            });
            TileEpilogue.Write(code, shape, result, extras);
            Advance(code, "y", "yRow");
            for (int i = 0; i < extras.Count; i++)
            {
                if (shape.ExtraRowVaries[i])
                {
                    Advance(code, $"e{i}", $"e{i}Row");
                }
            }
        }
    }
}
