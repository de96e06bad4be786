using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Lower;

namespace DeepGen.Generator.Emit;

/// <summary>The same product through lists of what is not zero: pieces of rows and depths, tiles of columns, rows; or the list of one sample, tiles of columns.</summary>
internal sealed partial class ContractWriter
{
    private void WriteIfLive(ContractKernel kernel, string name, IEnumerable<(string Type, string Name)> parameters)
    {
        (string rows, string depth) = (RowCount(kernel), SizeText.Of(kernel.DepthExtents[0]));
        bool copies = MayCopy(kernel);
        string enough = kernel.Level == Level.Chunk ? $"count >= {(copies ? LiveProduct.FewestRows : LiveProduct.FewestInPlace)} && "
            : kernel.SumsBatch ? $"batch >= {LiveProduct.FewestRows} && " : "";
        using (code.Braces($"if ({enough}LiveRows.AreFew(ref x, {LeftRow(kernel)}, {kernel.Left.DepthStrides[0]}, {rows}, {depth}, copies: {(copies ? "true" : "false")}))"))
        {
            IEnumerable<string> arguments = parameters.Select(p => p.Type == "ref float" ? "ref " + p.Name : p.Name);
            code.Line($"{name}Live({string.Join(", ", arguments)});");
            code.Line("return;");
        }

        code.Line();
    }

    private void WriteLive(ContractKernel kernel, string name, IEnumerable<(string Type, string Name)> parameters)
    {
        code.Line();
        code.Line("/// <summary>The same sums without the zeros of x.</summary>");
        code.Line(MethodText.Kernel);
        using (code.Braces($"private static void {name}Live({Declared(parameters)})"))
        {
            (string firstRow, string endRow) = RowRange(kernel, kernel.IsParted && !SharesColumns(kernel));
            if (MayCopy(kernel))
            {
                code.Line($"ref float columns = ref Unsafe.Add(ref lists, {LiveProduct.ListsLength});");
            }

            code.Line($"nint depth = {SizeText.Of(kernel.DepthExtents[0])};");
            code.Line($"nint end = {endRow};");
            using (code.Braces($"for (nint row = {firstRow}; row < end; row += {LiveProduct.Rows})"))
            {
                code.Line($"nint rows = Math.Min({LiveProduct.Rows}, end - row);");
                TileRoom.Choose(code, () => WriteLivePieces(kernel, true), () => WriteLivePieces(kernel, false));
            }
        }
    }

    private void WriteLivePieces(ContractKernel kernel, bool isWide)
    {
        int width = LiveProduct.Vectors(isWide);
        (int whole, int last, int partial) = ColumnTiles.Of(kernel, width);
        var columns = LiveColumns.Of(kernel, isWide);
        string left = AddressText.Sum(0, [("row", LeftRow(kernel)), ("k", kernel.Left.DepthStrides[0])]);
        (string firstTile, string endTile, string lastTile, string start) = ("0", NumberText.Of(whole), NumberText.Of(whole - 1), "w");
        if (SharesColumns(kernel))
        {
            (string first, string end) = PartText.Range(whole);
            code.Line($"nint firstTile = {first};");
            code.Line($"nint endTile = {end};");
            code.Line($"ref float start = ref Unsafe.Add(ref w, firstTile * {width / 2 * columns.Pair});");
            (firstTile, endTile, lastTile, start) = ("firstTile", "endTile", "endTile - 1", "start");
        }

        code.Line($"nint most = LiveRows.Depths({width});");
        (string apart, string odd, string pair) = (NumberText.Of(width * Lanes.Count), NumberText.Of(Lanes.Count), NumberText.Of(2 * Lanes.Count));
        ImmutableArray<int> depths = LiveProduct.Depths(isWide);
        List<int> even = EvenDepths(kernel, isWide);
        string from = even.Count == 0 ? "ref columns" : "ref from";
        bool isEither = even.Count > 0 && even.Count < depths.Length;
        if (isEither)
        {
            code.Line("// Pieces of so many depths lie evenly in a first cache; of others, columns are copied.");
            code.Line($"bool isEven = most is {string.Join(" or ", even)};");
            from = "ref isEven ? ref from : ref columns";
        }

        if (even.Count > 0)
        {
            apart = Place("int apart", columns.Step, apart);
            odd = Place("nint odd", columns.Odd, odd);
            pair = Place("nint pair", columns.Pair, pair);
        }

        using (code.Braces("for (nint k = 0; k < depth; k += most)"))
        {
            code.Line("nint deep = Math.Min(most, depth - k);");
            code.Line($"LiveRows.List({AddressText.Reference("x", left)}, {LeftRow(kernel)}, {kernel.Left.DepthStrides[0]}, rows, deep, {apart}, ref lists);");
            code.Line($"ref float from = ref Unsafe.Add(ref {start}, k * {columns.Step});");
            code.Line($"ref float following = ref Unsafe.Add(ref {start}, k + deep < depth ? (k + deep) * {columns.Step} : 0);");
            if (whole > 0)
            {
                using (code.Braces($"for (nint tile = {firstTile}; tile < {endTile}; tile++)"))
                {
                    string next = $"ref Unsafe.Add(ref from, {width / 2 * columns.Pair})";
                    code.Line($"ref float next = {(last > 0 ? next : $"ref tile < {lastTile} ? {next} : ref following")};");
                    Write(width, $"(tile * {width * Lanes.Count})", 0, "next");
                    code.Line("from = ref next;");
                }
            }

            if (last > 0)
            {
                using (InPart("parts - 1", SharesColumns(kernel)))
                {
                    Write(last, NumberText.Of(whole * width * Lanes.Count), partial, "following");
                }
            }
        }

        void Write(int vectors, string column, int partial, string next)
        {
            if (even.Count < depths.Length)
            {
                using (isEither ? code.Braces("if (!isEven)") : default(IDisposable))
                {
                    code.Line($"LiveRows.Copy(ref from, {columns.Steps}, ref columns, {width * Lanes.Count}, {vectors}, deep);");
                }
            }

            WriteLiveTile(kernel, $"{from}, {(columns.HasHalves ? odd + ", " : "")}{pair}", columns, vectors, column, partial, next);
        }

        // A distance where columns lie, or in their copy.
        string Place(string variable, long inPlace, string inCopy)
        {
            string there = NumberText.Of(inPlace);
            if (!isEither || there == inCopy)
            {
                return there;
            }

            code.Line($"{variable} = isEven ? {there} : {inCopy};");
            return variable.Substring(variable.IndexOf(' ') + 1);
        }
    }

    /// <summary>Whether columns are copied on any machine.</summary>
    private static bool MayCopy(ContractKernel kernel) =>
        EvenDepths(kernel, true).Count < LiveProduct.Depths(true).Length || EvenDepths(kernel, false).Count < LiveProduct.Depths(false).Length;

    /// <summary>The usual pieces of the depth that need not be copied.</summary>
    private static List<int> EvenDepths(ContractKernel kernel, bool isWide) =>
        LiveProduct.Depths(isWide).Where(d => LiveColumns.Of(kernel, isWide).IsEven(LiveProduct.Vectors(isWide), d)).ToList();

    /// <summary>All rows by the columns of a tile.</summary>
    private void WriteLiveTile(ContractKernel kernel, string place, LiveColumns columns, int vectors, string column, int partial, string next)
    {
        using (code.Braces("if (k + deep < depth)"))
        {
            Call(new AccumulatorExpression());
        }

        using (code.Braces("else"))
        {
            Call(kernel.Result);
        }

        void Call(Expression result)
        {
            List<LoadExpression> extras = TileWriter.Extras(result);
            long targetRow = RowStride(kernel, kernel.Target);
            var shape = new TileShape(1, vectors, 1, 0, 1, true, Lanes.Count, partial, ExtraRowVaries(kernel, extras))
            {
                IsLive = true,
                MayGoOn = true,
                VectorsApart = columns.HasHalves,
            };
            var arguments = new List<string> { "ref lists", "rows", "deep", place, $"ref {next}", columns.Steps, At("y", targetRow, true), NumberText.Of(targetRow) };
            arguments.AddRange(ExtraArguments(kernel, extras, shape.HasRows, (name, _, rowStride, columnVaries) => At(name, rowStride, columnVaries)));
            code.Line($"{tiles.Request(shape, result)}({string.Join(", ", arguments)}, k > 0);");
        }

        string At(string name, long rowStride, bool columnVaries) =>
            AddressText.Reference(name, AddressText.Sum(0, [("row", rowStride), (column, columnVaries ? 1L : 0)]));
    }

    /// <summary>Whether there is one sample, and so few of its numbers are live that listing them pays; then the list is made.</summary>
    private string FewAreLive(ContractKernel kernel)
    {
        int depth = kernel.DepthExtents[0].Value;
        code.Line($"nint live = count == 1 ? LiveRows.ListOne(ref x, {depth}, {_panelWidth}, ref lists) : {depth};");
        return $"live < {depth}";
    }

    /// <summary>The one sample: weights that only zeros meet are not read.</summary>
    private void WriteOne(ContractKernel kernel) => WriteTilesOfRow(kernel, (vectors, weight, column, partial) =>
    {
        List<LoadExpression> extras = TileWriter.Extras(kernel.Result);
        var shape = new TileShape(1, vectors, 1, 0, 1, true, vectors * Lanes.Count, partial, ExtraRowVaries(kernel, extras))
        {
            IsListed = true,
            IsPaired = IsPaired(kernel),
            VectorsApart = _halvesApart,
        };
        var arguments = new List<string> { "ref lists", "live", AddressText.Reference("w", weight) };
        if (shape.Panels > 1)
        {
            arguments.Add(NumberText.Of(_panelStride));
        }

        arguments.Add(AddressText.Reference("y", column));
        arguments.AddRange(ExtraArguments(kernel, extras, shape.HasRows, (name, _, _, columnVaries) => AddressText.Reference(name, columnVaries ? column : "0")));
        code.Line($"{tiles.Request(shape, kernel.Result)}({string.Join(", ", arguments)});");
    });

    /// <summary>Where the columns of the right factor lie: from a depth to the next, from a vector to the one beside it and to the next but one.</summary>
    private sealed record LiveColumns(long Step, long Odd, long Pair, bool IsAligned)
    {
        /// <summary>The sets of most first caches; the others have more.</summary>
        private const int Sets = 64;

        public static LiveColumns Of(ContractKernel kernel, bool isWide)
        {
            // What a caller passes begins anywhere, so that vectors may reach over two lines.
            bool isAligned = kernel.Right.View.Buffer.Memory != Memory.Input && kernel.PanelWidth % Lanes.Count == 0;
            return kernel.HasHalves && !isWide
                ? new(Lanes.Count, kernel.PanelStride / 2, kernel.PanelStride, isAligned)
                : new(kernel.PanelWidth, Lanes.Count, kernel.PanelStride, isAligned);
        }

        /// <summary>Whether the halves of a panel lie one after the other.</summary>
        public bool HasHalves => Odd != Lanes.Count;

        public string Steps => $"{Step}, {Odd}, {Pair}";

        /// <summary>
        /// Whether so many depths of some vectors, a cache line each, share the sets of a first cache evenly where they lie, so that they stay there as a copy
        /// would: no set has a quarter more of them than it had of a copy.
        /// </summary>
        public bool IsEven(int vectors, int depths)
        {
            var lines = new int[Sets];
            for (int line = 0; line < vectors * depths; line++)
            {
                (int depth, int v) = (line / vectors, line % vectors);
                lines[((depth * Step) + (v / 2 * Pair) + (v % 2 * Odd)) / Lanes.Count % Sets]++;
            }

            return IsAligned && 4 * Sets * lines.Max() <= 5 * vectors * depths;
        }
    }
}
