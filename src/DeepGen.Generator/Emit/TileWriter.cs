using DeepGen.Generator.Ir;
using DeepGen.Generator.Lower;

namespace DeepGen.Generator.Emit;

/// <summary>
/// Register tiles: rows × vectors sums in locals, a loop along the depth, an epilogue, a store. Strides and depths are
/// arguments, so that layers with the same epilogue share one body; bodies with the same text are written once.
/// </summary>
internal sealed class TileWriter
{
    /// <summary>Products up to this many vector multiply-adds are written without a loop: its counting would cost as much.</summary>
    private const int UnrolledProduct = 64;

    /// <summary>The depth to write out in full, or 0 for a loop.</summary>
    public static int Unrolled(int rows, int vectors, int depthAxes, Size depth) =>
        depthAxes == 1 && depth.IsConstant && rows * vectors * depth.Value <= UnrolledProduct ? depth.Value : 0;

    private readonly Dictionary<string, string> _names = [];
    private readonly Dictionary<string, int> _epilogues = [];

    /// <summary>The bodies asked for so far, in order.</summary>
    public IEnumerable<string> Bodies => _names.Select(pair => pair.Key.Replace(Placeholder, pair.Value));

    private const string Placeholder = "«tile»";

    /// <summary>The name of the tile's method. Its parameters: see <see cref="Parameters"/>.</summary>
    public string Request(TileShape shape, Expression result)
    {
        string epilogue = Epilogue(result);
        if (!_epilogues.TryGetValue(epilogue, out int number))
        {
            _epilogues.Add(epilogue, number = _epilogues.Count + 1);
        }

        string text = Text(shape, result);
        if (!_names.TryGetValue(text, out string name))
        {
            name = $"Tile{number}_{shape.Rows}x{shape.Vectors}{string.Concat(Suffixes(shape))}";
            if (_names.ContainsValue(name))
            {
                name += "_" + NumberText.Of(_names.Count);
            }

            _names.Add(text, name);
        }

        return name;
    }

    /// <summary>What is not usual about a tile, in its name.</summary>
    private static IEnumerable<string> Suffixes(TileShape shape) => new (bool Is, string Text)[]
    {
        (shape.Unrolled > 0, FormattableString.Invariant($"_of{shape.Unrolled}")),
        (shape.Chains > 1, FormattableString.Invariant($"_{shape.Chains}chains")),
        (shape.HasRest, "_anyDepth"),
        (shape.IsPacked, "_packed"),
        (shape.FetchStep > 0, "_fetching"),
        (shape.IsTwin, "_twin"),
        (shape.DepthAxes > 1, FormattableString.Invariant($"_{shape.DepthAxes}deep")),
        (shape.RightSteps, "_stepped"),
        (shape.IsPaired, "_bfloat16"),
        (shape.LeftStep == 0, "_strided"),
        (shape.PanelWidth == 0 && !shape.IsPaired, "_rows"),
        (shape.PanelWidth != 0 && !shape.VectorsApart && shape.PanelWidth != shape.Vectors * Lanes.Count && !shape.IsPaired, FormattableString.Invariant($"_panel{shape.PanelWidth}")),
        (shape.LastColumns > 0, FormattableString.Invariant($"_last{shape.LastColumns}")),
    }.Where(s => s.Is).Select(s => s.Text);

    /// <summary>The epilogue's loads in the order of the tile's parameters.</summary>
    public static List<LoadExpression> Extras(Expression result) => result.Loads().ToList();

    private static string Epilogue(Expression result)
    {
        var writer = new CodeWriter();
        List<LoadExpression> extras = Extras(result);
        string final = new ExpressionWriter(writer, l => "e" + NumberText.Of(extras.IndexOf(l)), "sum", "t").Write(result);
        return writer + final;
    }

    private static string Text(TileShape shape, Expression result)
    {
        List<LoadExpression> extras = Extras(result);
        var code = new CodeWriter();
        code.Line($"/// <summary>{shape.Rows} rows by {(shape.IsTwin ? Lanes.Half : shape.Vectors * Lanes.Count)} columns of a product: y = {Formula(result, extras)}.</summary>");

        // A single row written out is so little that calling it would cost as much; not where its epilogue is long.
        bool isInlined = shape.Rows == 1 && shape.Unrolled > 0 && !TileEpilogue.IsLong(result);
        code.Line($"[MethodImpl(MethodImplOptions.{(isInlined ? "AggressiveInlining" : "AggressiveOptimization")})]");
        using (code.Braces($"private static void {Placeholder}({string.Join(", ", Parameters(shape, extras))})"))
        {
            for (int r = 2; r < shape.Rows && !shape.IsPacked; r++)
            {
                code.Line($"nint row{r} = {r} * xRow;");
            }

            for (int panel = 1; panel < shape.Panels; panel++)
            {
                code.Line($"nint panel{panel} = {panel} * wPanel;");
            }

            for (int c = 0; c < shape.Chains; c++)
            {
                for (int r = 0; r < shape.SumRows; r++)
                {
                    code.Line($"L {string.Join(", ", Enumerable.Range(0, shape.Vectors).Select(v => $"{Sum(r, v, c)} = L.Zero"))};");
                }
            }

            if (shape.IsPacked)
            {
                TileEpilogue.WriteGoingOn(code, shape);
            }

            WriteDepth(code, shape, 1);
            for (int c = 1; c < shape.Chains; c++)
            {
                for (int r = 0; r < shape.Rows; r++)
                {
                    code.Lines(Enumerable.Range(0, shape.Vectors).Select(v => $"{Sum(r, v)} = {Sum(r, v)} + {Sum(r, v, c)};"));
                }
            }

            TileEpilogue.Write(code, shape, result, extras);
        }

        return code.ToString();
    }

    public static IEnumerable<string> Parameters(TileShape shape, List<LoadExpression> extras)
    {
        yield return "ref float x";
        if (shape.Rows > 1 && !shape.IsPacked)
        {
            yield return "nint xRow";
        }

        yield return "ref float w";
        if (shape.PanelWidth == 0)
        {
            yield return "nint wRow";
        }

        if (shape.Panels > 1)
        {
            yield return "nint wPanel";
        }

        if (shape.FetchStep > 0)
        {
            yield return "ref float ahead";
        }

        for (int axis = 1; axis < shape.DepthAxes; axis++)
        {
            yield return $"nint depth{axis}, nint step{axis}" + (shape.RightSteps ? $", nint wStep{axis}" : "");
        }

        if (shape.Unrolled == 0)
        {
            yield return "nint depth";
        }

        if (shape.LeftStep == 0)
        {
            yield return "nint step";
        }

        yield return "ref float y";
        if (shape.Rows > 1)
        {
            yield return "nint yRow";
        }

        for (int i = 0; i < extras.Count; i++)
        {
            yield return $"ref float e{i}";
            if (shape.Rows > 1 && shape.ExtraRowVaries[i])
            {
                yield return $"nint e{i}Row";
            }
        }

        if (shape.IsPacked)
        {
            yield return "bool goesOn";
        }
    }

    private static void WriteDepth(CodeWriter code, TileShape shape, int axis)
    {
        string x = axis == 1 ? "x" : "x" + NumberText.Of(axis - 1);
        if (axis < shape.DepthAxes)
        {
            using (code.Braces($"for (nint k{axis} = 0; k{axis} < depth{axis}; k{axis}++)"))
            {
                code.Line($"ref float x{axis} = ref Unsafe.Add(ref {x}, k{axis} * step{axis});");
                if (shape.RightSteps)
                {
                    code.Line($"ref float w{axis}_ = ref Unsafe.Add(ref {Right(axis - 1)}, k{axis} * wStep{axis});");
                }

                WriteDepth(code, shape, axis + 1);
            }

            return;
        }

        if (shape.Unrolled > 0)
        {
            WriteUnrolled(code, shape);
            return;
        }

        if (shape.Steps == 1)
        {
            using (code.Braces(shape.Chains == 1 ? "for (nint k = 0; k < depth; k++)" : $"for (nint k = 0; k < depth; k += {shape.Chains})"))
            {
                WriteFetch(code, shape);
                for (int c = 0; c < shape.Chains; c++)
                {
                    WriteStep(code, shape, x, c);
                }
            }
        }
        else if (!shape.HasRest)
        {
            using (code.Braces($"for (nint k = 0; k < depth; k += {shape.Steps})"))
            {
                WriteSteps(code, shape, x);
            }
        }
        else
        {
            code.Line("nint k = 0;");
            using (code.Braces($"for (; k + {shape.Steps} <= depth; k += {shape.Steps})"))
            {
                WriteSteps(code, shape, x);
            }

            using (code.Braces("for (; k < depth; k++)"))
            {
                WriteStep(code, shape, x, 0);
            }
        }
    }

    /// <summary>Several depths in a row: what counts them is done once, and so is the way to the next where they lie at known distances.</summary>
    private static void WriteSteps(CodeWriter code, TileShape shape, string x)
    {
        WriteFetch(code, shape);
        string w = RightOf(shape);
        for (int k = 0; k < shape.Steps; k++)
        {
            WriteDepthOf(code, shape, x, w, copy: k, shape.PanelWidth == 0 ? 0 : k, k * shape.LeftStep);
            if (shape.LeftStep == 0)
            {
                Advance(code, x, "step");
            }

            if (shape.PanelWidth == 0)
            {
                Advance(code, w, "wRow");
            }
        }

        if (shape.LeftStep != 0)
        {
            Advance(code, x, NumberText.Of(shape.Steps * shape.LeftStep));
        }

        if (shape.PanelWidth != 0)
        {
            Advance(code, w, NumberText.Of(shape.Steps * shape.PanelWidth));
        }
    }

    private static void WriteFetch(CodeWriter code, TileShape shape)
    {
        if (shape.FetchStep > 0)
        {
            code.Line("Blocks.Fetch(ref ahead);");
            Advance(code, "ahead", NumberText.Of(shape.FetchStep));
        }
    }

    private static void Advance(CodeWriter code, string name, string distance) => code.Line($"{name} = ref Unsafe.Add(ref {name}, {distance});");

    private static string Right(int axis) => axis == 0 ? "w" : $"w{axis}_";

    /// <summary>A number of a row times the vectors of weights at its depth. A number used once is multiplied where it lies.</summary>
    private static void WriteProducts(CodeWriter code, TileShape shape, int row, int chain, string element, string local, Func<int, string> weight)
    {
        bool isUsedOnce = shape.Vectors == 1;
        if (!isUsedOnce)
        {
            code.Line($"L {local} = L.Broadcast({element});");
        }

        for (int v = 0; v < shape.Vectors; v++)
        {
            string sum = Sum(row, v, chain);
            code.Line($"{sum} = L.Fma({(isUsedOnce ? "ref " + element : local)}, {weight(v)}, {sum});");
        }
    }

    /// <summary>The vectors of weights at depth k.</summary>
    private static void WriteWeights(CodeWriter code, TileShape shape, string w, int k, Func<int, string> name)
    {
        for (int v = 0; v < shape.Vectors; v++)
        {
            (int panel, long column) = shape.VectorsApart ? (v, 0) : (v / 2, shape.IsPaired ? 0 : 16 * (v % 2));
            string place = AddressText.Sum((k * shape.PanelWidth) + column, [("wRow", shape.PanelWidth == 0 ? k : 0), ($"panel{panel}", panel == 0 ? 0 : 1)]);
            if (shape.IsTwin)
            {
                code.Line($"L {name(v)} = L.LoadHalves(ref {w}, {place}, {place});");
            }
            else if (!shape.IsPaired)
            {
                code.Line($"L {name(v)} = L.Load(ref {w}, {place});");
            }
            else if (v % 2 == 0)
            {
                code.Line($"L {name(v)}{name(v + 1)} = L.Load(ref {w}, {place});");
                code.Line($"L {name(v)} = BFloat16.First({name(v)}{name(v + 1)});");
            }
            else
            {
                code.Line($"L {name(v)} = BFloat16.Second({name(v - 1)}{name(v)});");
            }
        }
    }

    /// <summary>One depth: a vector of weights times a number of every row. Copies of it in one loop have locals of their own.</summary>
    private static void WriteStep(CodeWriter code, TileShape shape, string x, int copy)
    {
        string w = RightOf(shape);
        WriteDepthOf(code, shape, x, w, copy, 0, 0);
        Advance(code, x, shape.LeftStep == 0 ? "step" : NumberText.Of(shape.LeftStep));
        Advance(code, w, shape.PanelWidth == 0 ? "wRow" : NumberText.Of(shape.PanelWidth));
    }

    private static string RightOf(TileShape shape) => shape.RightSteps ? Right(shape.DepthAxes - 1) : "w";

    private static string WeightName(int vector, int copy) => copy == 0 ? $"w{vector}" : $"w{vector}_{copy}";

    /// <summary>The weights of one depth and the numbers of every row, so far ahead of where w and x stand.</summary>
    private static void WriteDepthOf(CodeWriter code, TileShape shape, string x, string w, int copy, int depths, int ahead)
    {
        WriteWeights(code, shape, w, depths, v => WeightName(v, copy));
        string suffix = copy == 0 ? "" : "_" + NumberText.Of(copy);
        WriteSums(code, shape, shape.Chains == 1 ? 0 : copy, There, r => $"a{r}{suffix}", v => WeightName(v, copy));

        string There(int r)
        {
            string element = r == 0 ? x : $"Unsafe.Add(ref {x}, {(shape.IsPacked ? NumberText.Of(r) : r == 1 ? "xRow" : $"row{r}")})";
            return ahead == 0 ? element : shape.IsPacked ? $"Unsafe.Add(ref {x}, {ahead + r})" : $"Unsafe.Add(ref {element}, {ahead})";
        }
    }

    /// <summary>The products of one depth, row by row: with what a row has there, or a pair of rows.</summary>
    private static void WriteSums(CodeWriter code, TileShape shape, int chain, Func<int, string> element, Func<int, string> local, Func<int, string> weight)
    {
        for (int r = 0; r < shape.SumRows; r++)
        {
            if (shape.IsTwin)
            {
                code.Line($"{Sum(r, 0)} = L.Fma(L.BroadcastHalves(ref {element(2 * r)}, ref {element((2 * r) + 1)}), {weight(0)}, {Sum(r, 0)});");
            }
            else
            {
                WriteProducts(code, shape, r, chain, element(r), local(r), weight);
            }
        }
    }

    private static void WriteUnrolled(CodeWriter code, TileShape shape)
    {
        for (int k = 0; k < shape.Unrolled; k++)
        {
            int depth = k;
            WriteWeights(code, shape, "w", k, v => $"w{depth}_{v}");
            WriteSums(code, shape, k % shape.Chains, There, r => $"a{depth}_{r}", v => $"w{depth}_{v}");

            string There(int r)
            {
                var terms = new List<(string, long)> { (r == 1 ? "xRow" : "row" + NumberText.Of(r), r == 0 ? 0 : 1) };
                string at = shape.UnitStep ? AddressText.Sum(depth, terms) : AddressText.Sum(0, terms.Append(("step", depth)));
                return AddressText.Value("x", at);
            }
        }
    }

    private static string Formula(Expression result, List<LoadExpression> extras) => result switch
    {
        AccumulatorExpression => "sum",
        ConstantExpression constant => NumberText.Of(constant.Value),
        LoadExpression load => "e" + NumberText.Of(extras.IndexOf(load)),
        OperationExpression operation => $"{operation.Op}({string.Join(", ", operation.Arguments.Select(a => Formula(a, extras)))})",
        _ => "?",
    };

    /// <summary>The local that holds a sum.</summary>
    public static string Sum(int row, int vector, int chain = 0) =>
        chain == 0 ? $"s{row}_{vector}" : $"s{row}_{vector}_{NumberText.Of(chain)}";
}
