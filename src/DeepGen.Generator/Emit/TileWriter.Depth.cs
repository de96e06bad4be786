using DeepGen.Generator.Lower;

namespace DeepGen.Generator.Emit;

/// <summary>The loops along the depth, and the products of each depth.</summary>
internal sealed partial class TileWriter
{
    private static void WriteDepth(CodeWriter code, TileShape shape)
    {
        if (shape.Window is { IsCut: true })
        {
            WriteAxis(code, shape, 1, "0", "above", new Span(1, 1));
            WriteAxis(code, shape, 1, "above", "above + depth1", new Span(0, 2));
            WriteAxis(code, shape, 1, "above + depth1", "above + depth1 + below", new Span(0, 1));
        }
        else
        {
            WriteDepth(code, shape, 1, new Span(0, shape.Lines));
        }
    }

    private static void WriteAxis(CodeWriter code, TileShape shape, int axis, string first, string end, Span lines)
    {
        using (code.Braces($"for (nint k{axis} = {first}; k{axis} < {end}; k{axis}++)"))
        {
            code.Line($"ref float x{axis} = ref Unsafe.Add(ref {Left(axis)}, k{axis} * step{axis});");
            if (shape.RightSteps)
            {
                code.Line($"ref float w{axis}_ = ref Unsafe.Add(ref {Right(axis - 1)}, k{axis} * wStep{axis});");
            }

            WriteDepth(code, shape, axis + 1, lines);
        }
    }

    private static string Left(int axis) => axis == 1 ? "x" : "x" + NumberText.Of(axis - 1);

    /// <param name="lines">Those of the sums' lines that meet what is summed.</param>
    private static void WriteDepth(CodeWriter code, TileShape shape, int axis, Span lines)
    {
        string x = Left(axis);
        if (axis < shape.DepthAxes)
        {
            WriteAxis(code, shape, axis, "0", $"depth{axis}", lines);
            return;
        }

        if (shape.IsListed)
        {
            WriteListed(code, shape);
            return;
        }

        if (shape.Unrolled > 0)
        {
            WriteUnrolled(code, shape);
            return;
        }

        if (shape.Runs.Count == 0)
        {
            WriteLoop(code, shape, x, "depth", RowsOf(shape, new Span(0, shape.RunRows), lines));
        }

        foreach (TapRun run in shape.Runs)
        {
            string depth = run.Taps == 1 ? "depth" : $"{run.Taps} * depth";
            if (run.Rows == 0)
            {
                Advance(code, x, depth);
                Advance(code, RightOf(shape), $"{depth} * {shape.PanelWidth}");
            }
            else
            {
                using (shape.HasRest ? code.Braces() : default(IDisposable))
                {
                    WriteLoop(code, shape, x, depth, RowsOf(shape, new Span(run.FirstRow, run.Rows), lines));
                }
            }
        }
    }

    /// <summary>Neighbouring pixels, or lines, of those that the tile's sums are of.</summary>
    private sealed record Span(int First, int Count);

    /// <summary>The tile's rows of sums for some of its pixels and lines.</summary>
    private static IReadOnlyList<int> RowsOf(TileShape shape, Span pixels, Span lines) =>
        [.. Enumerable.Range(pixels.First, pixels.Count).SelectMany(pixel => Enumerable.Range((pixel * shape.Lines) + lines.First, lines.Count))];

    private static void WriteLoop(CodeWriter code, TileShape shape, string x, string depth, IReadOnlyList<int> rows)
    {
        if (shape.Steps == 1)
        {
            using (code.Braces(shape.Chains == 1 ? $"for (nint k = 0; k < {depth}; k++)" : $"for (nint k = 0; k < {depth}; k += {shape.Chains})"))
            {
                WriteFetch(code, shape);
                for (int c = 0; c < shape.Chains; c++)
                {
                    WriteStep(code, shape, x, c, rows);
                }
            }
        }
        else if (!shape.HasRest)
        {
            using (code.Braces($"for (nint k = 0; k < {depth}; k += {shape.Steps})"))
            {
                WriteSteps(code, shape, x, rows);
            }
        }
        else
        {
            code.Line("nint k = 0;");
            using (code.Braces($"for (; k + {shape.Steps} <= {depth}; k += {shape.Steps})"))
            {
                WriteSteps(code, shape, x, rows);
            }

            using (code.Braces($"for (; k < {depth}; k++)"))
            {
                WriteStep(code, shape, x, 0, rows);
            }
        }
    }

    /// <summary>Several depths in a row: what counts them is done once, and so is the way to the next where they lie at known distances.</summary>
    private static void WriteSteps(CodeWriter code, TileShape shape, string x, IReadOnlyList<int> rows)
    {
        WriteFetch(code, shape);
        string w = RightOf(shape);
        for (int k = 0; k < shape.Steps; k++)
        {
            WriteDepthOf(code, shape, x, w, copy: k, shape.PanelWidth == 0 ? 0 : k, k * shape.LeftStep, rows);
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
        if (shape.Fetches)
        {
            code.Line("Blocks.Fetch(ref ahead);");
            Advance(code, "ahead", NumberText.Of(Lanes.Count));
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
            code.Line($"L.AddProduct(ref {Sum(row, v, chain)}, {(isUsedOnce ? "ref " + element : local)}, {weight(v)});");
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
    private static void WriteStep(CodeWriter code, TileShape shape, string x, int copy, IReadOnlyList<int> rows)
    {
        string w = RightOf(shape);
        WriteDepthOf(code, shape, x, w, copy, 0, 0, rows);
        Advance(code, x, shape.LeftStep == 0 ? "step" : NumberText.Of(shape.LeftStep));
        Advance(code, w, shape.PanelWidth == 0 ? "wRow" : NumberText.Of(shape.PanelWidth));
    }

    private static string RightOf(TileShape shape) => shape.RightSteps ? Right(shape.DepthAxes - 1) : "w";

    private static string WeightName(int vector, int copy) => copy == 0 ? $"w{vector}" : $"w{vector}_{copy}";

    /// <summary>The weights of one depth and the numbers of every row, so far ahead of where w and x stand.</summary>
    private static void WriteDepthOf(CodeWriter code, TileShape shape, string x, string w, int copy, int depths, int ahead, IReadOnlyList<int> rows)
    {
        WriteWeights(code, shape, w, depths, v => WeightName(v, copy));
        string suffix = copy == 0 ? "" : "_" + NumberText.Of(copy);
        WriteSums(code, shape, shape.Chains == 1 ? 0 : copy, There, r => $"a{r}{suffix}", v => WeightName(v, copy), rows);

        string There(int r)
        {
            string element = r == 0 ? x : $"Unsafe.Add(ref {x}, {(shape.IsPacked ? NumberText.Of(r) : RowOffset(shape, r))})";
            return ahead == 0 ? element : shape.IsPacked ? $"Unsafe.Add(ref {x}, {ahead + r})" : $"Unsafe.Add(ref {element}, {ahead})";
        }
    }

    /// <summary>The products of one depth, row by row: with what a row has there, or a pair of rows.</summary>
    private static void WriteSums(CodeWriter code, TileShape shape, int chain, Func<int, string> element, Func<int, string> local, Func<int, string> weight, IReadOnlyList<int> rows)
    {
        foreach (int r in rows)
        {
            if (shape.IsTwin)
            {
                code.Line($"L.AddProduct(ref {Sum(r, 0)}, L.BroadcastHalves(ref {element(2 * r)}, ref {element((2 * r) + 1)}), {weight(0)});");
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
            WriteSums(code, shape, k % shape.Chains, There, r => $"a{depth}_{r}", v => $"w{depth}_{v}", [.. Enumerable.Range(0, shape.SumRows)]);

            string There(int r)
            {
                var terms = new List<(string, long)> { (RowOffset(shape, r), r == 0 ? 0 : 1) };
                string at = shape.UnitStep ? AddressText.Sum(depth, terms) : AddressText.Sum(0, terms.Append(("step", depth)));
                return AddressText.Value("x", at);
            }
        }
    }
}
