using DeepGen.Generator.Ir;
using DeepGen.Generator.Lower;

namespace DeepGen.Generator.Emit;

/// <summary>
/// Register tiles: rows × vectors sums in locals, a loop along the depth, an epilogue, a store. Strides and depths are
/// arguments, so that layers with the same epilogue share one body; bodies with the same text are written once.
/// </summary>
internal sealed partial class TileWriter
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
        (shape.IsLive, "_live"),
        (shape.IsListed, "_listed"),
        (shape.Window is not null, "_" + shape.Window?.Text),
        (shape.Runs.Count > 0 && shape.Runs[0].Rows < shape.RunRows, "_left"),
        (shape.Runs.Count > 0 && shape.Runs[shape.Runs.Count - 1].Rows < shape.RunRows, "_right"),
        (shape.Fetches, "_fetching"),
        (shape.IsTwin, "_twin"),
        (shape.DepthAxes > 1, FormattableString.Invariant($"_{shape.DepthAxes}deep")),
        (shape.RightSteps, "_stepped"),
        (shape.IsPaired, "_bfloat16"),
        (shape.LeftStep == 0, "_strided"),
        (shape.LeftRow != 0, FormattableString.Invariant($"_every{shape.LeftRow}")),
        (shape.PanelWidth == 0 && !shape.IsPaired, "_rows"),
        (shape.PanelWidth != 0 && !shape.VectorsApart && !shape.IsLive && shape.PanelWidth != shape.Vectors * Lanes.Count && !shape.IsPaired, FormattableString.Invariant($"_panel{shape.PanelWidth}")),
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
        string y = shape.Window is not { } window ? Formula(result, extras)
            : Formula(window.Result, [], $"{window.Text}({Formula(result, extras)})");
        code.Line($"/// <summary>{(shape.IsLive ? "All" : NumberText.Of(shape.Rows))} rows by {(shape.IsTwin ? Lanes.Half : shape.Vectors * Lanes.Count)} columns of a product: y = {y}.</summary>");

        // A single row written out is so little that calling it would cost as much; not where its epilogue is long.
        bool isInlined = shape.Rows == 1 && shape.Unrolled > 0 && !TileEpilogue.IsLong(result);
        code.Line(isInlined ? MethodText.Inlined : MethodText.Kernel);
        using (code.Braces($"private static void {Placeholder}({string.Join(", ", Parameters(shape, extras))})"))
        {
            if (shape.IsLive)
            {
                WriteLive(code, shape, result, extras);
            }
            else
            {
                WriteTile(code, shape, result, extras);
            }
        }

        return code.ToString();
    }

    private static void WriteTile(CodeWriter code, TileShape shape, Expression result, List<LoadExpression> extras)
    {
        for (int r = 1; r < (shape.IsTwin ? shape.Rows : shape.SumRows) && !shape.IsPacked && shape.LeftRow == 0; r++)
        {
            if (RowOffset(shape, r) is var name && name is not ("xRow" or "xLine"))
            {
                code.Line($"nint {name} = {string.Join(" + ", Times(r / shape.Lines, "xRow").Concat(Times(r % shape.Lines, "xLine")))};");
            }
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

        if (shape.MayGoOn)
        {
            TileEpilogue.WriteGoingOn(code, shape);
        }

        WriteDepth(code, shape);
        for (int c = 1; c < shape.Chains; c++)
        {
            for (int r = 0; r < shape.SumRows; r++)
            {
                code.Lines(Enumerable.Range(0, shape.Vectors).Select(v => $"{Sum(r, v)} = {Sum(r, v)} + {Sum(r, v, c)};"));
            }
        }

        TileEpilogue.Write(code, shape, result, extras);

        static IEnumerable<string> Times(int count, string distance) => count == 0 ? [] : [count == 1 ? distance : $"{count} * {distance}"];
    }

    public static IEnumerable<string> Parameters(TileShape shape, List<LoadExpression> extras)
    {
        yield return shape.IsLive ? "ref float lists, nint rows, nint deep" : shape.IsListed ? "ref float entry, nint live" : "ref float x";
        if (shape.TakesLeftRow)
        {
            yield return "nint xRow";
        }

        if (shape.Lines > 1)
        {
            yield return "nint xLine";
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

        if (shape.Fetches)
        {
            yield return "ref float ahead";
        }

        if (shape.IsLive)
        {
            yield return shape.VectorsApart ? "nint wOdd, nint wPair" : "nint wPair";
            yield return "ref float next, nint step, nint odd, nint pair";
        }

        if (shape.Window is { IsCut: true })
        {
            yield return "nint above, nint below";
        }

        for (int axis = 1; axis < shape.DepthAxes; axis++)
        {
            yield return $"nint depth{axis}, nint step{axis}" + (shape.RightSteps ? $", nint wStep{axis}" : "");
        }

        if (shape.Unrolled == 0 && !shape.IsLive && !shape.IsListed)
        {
            yield return "nint depth";
        }

        if (shape.LeftStep == 0)
        {
            yield return "nint step";
        }

        yield return "ref float y";
        if (shape.HasRows)
        {
            yield return "nint yRow";
        }

        for (int i = 0; i < extras.Count; i++)
        {
            yield return $"ref float e{i}";
            if (shape.HasRows && shape.ExtraRowVaries[i])
            {
                yield return $"nint e{i}Row";
            }
        }

        if (shape.MayGoOn)
        {
            yield return "bool goesOn";
        }
    }

    private static string Formula(Expression result, List<LoadExpression> extras, string sum = "sum") => result switch
    {
        AccumulatorExpression => sum,
        ConstantExpression constant => NumberText.Of(constant.Value),
        LoadExpression load => "e" + NumberText.Of(extras.IndexOf(load)),
        OperationExpression operation => $"{operation.Op}({string.Join(", ", operation.Arguments.Select(a => Formula(a, extras, sum)))})",
        _ => "?",
    };

    /// <summary>From the first row of sums to another one in the left factor.</summary>
    private static string RowOffset(TileShape shape, int row) => row switch
    {
        _ when shape.LeftRow != 0 => NumberText.Of(row * shape.LeftRow),
        1 => shape.Lines > 1 ? "xLine" : "xRow",
        _ => row == shape.Lines ? "xRow" : "row" + NumberText.Of(row),
    };

    /// <summary>The local that holds a sum.</summary>
    public static string Sum(int row, int vector, int chain = 0) =>
        chain == 0 ? $"s{row}_{vector}" : $"s{row}_{vector}_{NumberText.Of(chain)}";
}
