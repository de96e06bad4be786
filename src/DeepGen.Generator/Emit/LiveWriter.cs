using DeepGen.Generator.Lower;

namespace DeepGen.Generator.Emit;

/// <summary>
/// Loops over lists of what is not zero. A tile holds some vectors of a patch in locals while it goes through a list: each entry's
/// value times the vectors at its offset is added to them.
/// </summary>
internal sealed class LiveWriter(CodeWriter code, string name)
{
    /// <summary>Sums in one tile: as registers hold.</summary>
    private const int WideTile = 24;
    private const int NarrowTile = 6;

    /// <summary>Weights that stay in the nearest cache while a list of pixels is gone through.</summary>
    private const long NearFloats = 8192;

    public static IEnumerable<View> Arguments(Kernel kernel) => kernel.Views;

    public void Write(Kernel kernel)
    {
        switch (kernel)
        {
            case LiveListKernel list:
                WriteList(list);
                break;
            case LiveFilterKernel filter:
                WriteFilters(filter);
                break;
            default:
                WriteImage((LiveImageKernel)kernel);
                break;
        }
    }

    private void WriteList(LiveListKernel kernel)
    {
        LiveWindows w = kernel.Windows;
        code.Line(MethodText.Inlined);
        using (code.Braces($"private static void {name}(ref float d, ref float tap, ref float list)"))
        {
            string from = $"ref d, {kernel.D.Strides[0]}, {kernel.D.Strides[1]}, ref tap, {kernel.Tap.Strides[0]}, {kernel.Tap.Strides[1]}, ref list";
            if (!kernel.ByChannel)
            {
                code.Line($"LiveEntries.ByPlace({from}, {w.Rows}, {w.Columns}, {w.Channels}, {w.Taps}, {kernel.Steps[0]});");
                return;
            }

            IEnumerable<int> taps = Enumerable.Range(0, w.Taps).Select(t => (t / w.Width * kernel.Steps[2]) + (t % w.Width * kernel.Steps[3]));
            code.Line($"LiveEntries.ByChannel({from}, {w.Rows}, {w.Columns}, {w.Channels}, {kernel.Steps[0]}, {kernel.Steps[1]}, [{string.Join(", ", taps)}]);");
        }
    }

    private void WriteFilters(LiveFilterKernel kernel)
    {
        (LiveWindows w, Patch patch) = (kernel.Windows, kernel.Patch);
        var tiles = new List<(int First, int Count)>();
        code.Line($"/// <summary>Each of {w.Channels} channels' winners times their patches of {patch.Vectors * Lanes.Count} values.</summary>");
        code.Line(MethodText.Kernel);
        using (code.Braces($"private static void {name}(ref float image, ref float list, ref float y)"))
        {
            using (code.Braces($"for (nint c = 0; c < {w.Channels}; c++)"))
            {
                code.Line($"ref float values = ref Unsafe.Add(ref list, c * {w.Count});");
                code.Line($"nint count = Unsafe.As<float, int>(ref Unsafe.Add(ref list, {2L * w.Channels * w.Count} + c));");
                code.Line($"ref float sums = ref Unsafe.Add(ref y, c * {patch.Length});");
                ByWidth(most => Pieces(patch.Vectors, most).Select(piece => Tile(tiles, piece, "image", "values", "count", "sums")));
            }
        }

        WriteTiles(tiles, $"{(long)w.Channels * w.Count}", v => patch.InImage(v), v => (long)v * Lanes.Count);
    }

    private void WriteImage(LiveImageKernel kernel)
    {
        (LiveWindows w, Patch patch) = (kernel.Windows, kernel.Patch);
        var tiles = new List<(int First, int Count)>();
        (long row, long column) = (kernel.Target.Strides[0], kernel.Target.Strides[1]);
        long entries = (long)w.Count * w.Taps * w.Channels;
        code.Line($"/// <summary>Winners at {w.Count * w.Taps} pixels times their channels' {patch.Vectors * Lanes.Count} weights.</summary>");
        code.Line(MethodText.Kernel);
        using (code.Braces($"private static void {name}(ref float weights, ref float list, ref float y)"))
        {
            using (code.Braces($"for (nint i = 0; i < {kernel.Target.Buffer.Length}; i += {Lanes.Count})"))
            {
                code.Line("L.Store(L.Zero, ref y, i);");
            }

            // Patches of neighbours overlap: which piece of them comes first is the order of a sum, so pieces are the same for all
            // instruction sets.
            int near = (int)Math.Max(1, NearFloats / (w.Channels * Lanes.Count));
            foreach ((int First, int Count) piece in Pieces(patch.Vectors, Math.Min(NarrowTile, near)))
            {
                tiles.Add(piece);
                code.Line($"{name}Pass{TileName(piece)}(ref weights, ref list, ref y);");
            }
        }

        foreach ((int First, int Count) piece in tiles.Distinct().ToList())
        {
            code.Line();
            code.Line(MethodText.Kernel);
            using (code.Braces($"private static void {name}Pass{TileName(piece)}(ref float weights, ref float list, ref float y)"))
            {
                code.Line($"ref int counts = ref Unsafe.As<float, int>(ref Unsafe.Add(ref list, {2 * entries}));");
                code.Line("nint place = 0;");
                using (code.Braces($"for (nint i = 0; i < {w.Rows}; i++)"))
                using (code.Braces($"for (nint j = 0; j < {w.Columns}; j++)"))
                using (code.Braces($"for (nint p = 0; p < {w.Height}; p++)"))
                using (code.Braces($"for (nint q = 0; q < {w.Width}; q++, place++)"))
                {
                    code.Line("nint count = Unsafe.Add(ref counts, place);");
                    using (code.Braces("if (count > 0)"))
                    {
                        code.Line($"ref float values = ref Unsafe.Add(ref list, place * {w.Channels});");
                        code.Line($"ref float sums = ref Unsafe.Add(ref y, ({AddressText.Sum(0, [("i", w.RowStride), ("p", 1)])}) * {row} + ({AddressText.Sum(0, [("j", w.ColumnStride), ("q", 1)])}) * {column});");
                        code.Line(Tile(tiles, piece, "weights", "values", "count", "sums"));
                    }
                }
            }
        }

        WriteTiles(tiles, NumberText.Of(entries), v => (long)v * Lanes.Count, v => patch.InImage(v));
    }

    /// <summary>Larger pieces where all lanes of a vector are one register; each sum is in one piece, and one chain whatever the pieces are.</summary>
    private void ByWidth(Func<int, IEnumerable<string>> calls)
    {
        List<string> wide = calls(WideTile).ToList(), narrow = calls(NarrowTile).ToList();
        if (wide.SequenceEqual(narrow))
        {
            code.Lines(wide);
            return;
        }

        TileRoom.Choose(code, () => code.Lines(wide), () => code.Lines(narrow));
    }

    /// <summary>Some vectors in pieces of nearly one size, at most so many in each.</summary>
    private static IEnumerable<(int First, int Count)> Pieces(int vectors, int most)
    {
        int pieces = (vectors + most - 1) / most;
        return Enumerable.Range(0, pieces).Select(p => (p * vectors / pieces, ((p + 1) * vectors / pieces) - (p * vectors / pieces)));
    }

    private static string TileName((int First, int Count) piece) => $"{piece.First}To{piece.First + piece.Count}";

    private string Tile(List<(int First, int Count)> tiles, (int First, int Count) piece, string x, string values, string count, string y)
    {
        tiles.Add(piece);
        return $"{name}Tile{TileName(piece)}(ref {x}, ref {values}, {count}, ref {y});";
    }

    private void WriteTiles(IEnumerable<(int First, int Count)> tiles, string offsets, Func<int, long> inX, Func<int, long> inSums)
    {
        foreach ((int First, int Count) tile in tiles.Distinct())
        {
            int[] vectors = Enumerable.Range(tile.First, tile.Count).ToArray();
            code.Line();
            code.Line(MethodText.Kernel);
            using (code.Braces($"private static void {name}Tile{TileName(tile)}(ref float x, ref float values, nint count, ref float y)"))
            {
                code.Line($"ref int offsets = ref Unsafe.As<float, int>(ref Unsafe.Add(ref values, {offsets}));");
                code.Lines(vectors.Select((v, i) => $"L s{i} = L.Load(ref y, {inSums(v)});"));
                using (code.Braces("for (nint e = 0; e < count; e++)"))
                {
                    code.Line("L v = L.Broadcast(Unsafe.Add(ref values, e));");
                    code.Line("ref float at = ref Unsafe.Add(ref x, (nint)(uint)Unsafe.Add(ref offsets, e));");
                    code.Lines(vectors.Select((v, i) => $"L.AddProduct(ref s{i}, v, ref at, {inX(v)});"));
                }

                code.Lines(vectors.Select((v, i) => $"L.Store(s{i}, ref y, {inSums(v)});"));
            }
        }
    }
}
