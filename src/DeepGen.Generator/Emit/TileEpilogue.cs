using DeepGen.Generator.Lower;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Emit;

/// <summary>What a tile does with its sums before it stores them: for each sum on its own, or in a loop where that is long.</summary>
internal static class TileEpilogue
{
    /// <summary>Vector operations an epilogue may unroll; beyond some 200 in one method compilers lose track of locals.</summary>
    private const int Unrolled = 120;

    /// <summary>Whether there is so much to do for one vector that a tile had better be small, and a method of its own.</summary>
    public static bool IsLong(Expression result) => OperationCost.Of(result) >= 30;

    /// <summary>Vector operations that several rows of sums are followed by in straight line: of all rows, or of one where a loop goes through them.</summary>
    public static int Written(int rows, int vectors, Expression result) => vectors * OperationCost.Of(result) * (IsLooped(rows * vectors, result) ? 1 : rows);

    private static bool IsLooped(int sums, Expression result) => sums * OperationCost.Of(result) > Unrolled;

    public static void Write(CodeWriter code, TileShape shape, Expression result, List<LoadExpression> extras)
    {
        // What does not depend on the row is loaded once.
        for (int i = 0; i < extras.Count; i++)
        {
            for (int v = 0; v < shape.Vectors && !shape.ExtraRowVaries[i]; v++)
            {
                code.Line($"L e{i}_{v} = {Load(shape, extras[i], $"e{i}", new Rows("0", "0"), "", v)};");
            }
        }

        if (shape.Window is { } window)
        {
            WriteWindows(code, shape, window, result, extras);
            return;
        }

        if (shape.SumRows > 1 && IsLooped(shape.SumRows * shape.Vectors, result))
        {
            WriteLoopedEpilogue(code, shape, result, extras);
            return;
        }

        EachSum(shape, (r, v) => WriteResult(code, shape, result, extras, TileWriter.Sum(r, v), Rows.Of(shape, r), v, $"t{r}_{v}_"));
    }

    /// <summary>What every window is reduced to, one sum after another as a pool by itself would.</summary>
    private static void WriteWindows(CodeWriter code, TileShape shape, TileWindow window, Expression result, List<LoadExpression> extras)
    {
        for (int row = 0; row < shape.Rows; row++)
        {
            for (int v = 0; v < shape.Vectors; v++)
            {
                string reduced = $"m{row}_{v}";
                for (int i = 0; i < window.Lines * window.Pixels; i++)
                {
                    int sum = (((row * window.Pixels) + (i % window.Pixels)) * window.Lines) + (i / window.Pixels);
                    int vector = v;
                    string value = new ExpressionWriter(code, load => $"e{extras.IndexOf(load)}_{vector}", TileWriter.Sum(sum, v), $"t{sum}_{v}_").Write(result);
                    if (i > 0)
                    {
                        ReductionText.Combine(code, value, window.Reduction, reduced, $"x{sum}_{v}");
                    }
                    else
                    {
                        // A pool's total begins with +0, so that of zeros it is +0 whatever their signs.
                        code.Line($"L {reduced} = {(window.Reduction == Reduction.Sum ? $"L.Zero + {value}" : value)};");
                    }
                }

                Store(code, shape, new ExpressionWriter(code, _ => "", reduced, $"r{row}_{v}_").Write(window.Result), Rows.Of(shape, row), v);
            }
        }
    }

    /// <summary>Sums that go on begin with what is in the target, in place of zeros.</summary>
    public static void WriteGoingOn(CodeWriter code, TileShape shape)
    {
        using (code.Braces("if (goesOn)"))
        {
            EachSum(shape, (r, v) => code.Line($"{TileWriter.Sum(r, v)} = {Waiting(shape, Rows.Of(shape, r), v)};"));
        }
    }

    private static void EachSum(TileShape shape, Action<int, int> write)
    {
        for (int r = 0; r < shape.SumRows; r++)
        {
            for (int v = 0; v < shape.Vectors; v++)
            {
                write(r, v);
            }
        }
    }

    /// <summary>A long epilogue, once in a loop: the sums wait in the target, which the tile has just brought into the cache.</summary>
    private static void WriteLoopedEpilogue(CodeWriter code, TileShape shape, Expression result, List<LoadExpression> extras)
    {
        EachSum(shape, (r, v) => Store(code, shape, TileWriter.Sum(r, v), Rows.Of(shape, r), v));
        var rows = new Rows("row", "(row + 1)");
        using (code.Braces($"for (nint row = 0; row < {shape.Rows}; {(shape.IsTwin ? "row += 2" : "row++")})"))
        {
            for (int v = 0; v < shape.Vectors; v++)
            {
                code.Line($"L sum{v} = {Waiting(shape, rows, v)};");
                WriteResult(code, shape, result, extras, $"sum{v}", rows, v, $"t{v}_");
            }
        }
    }

    private static void WriteResult(
        CodeWriter code, TileShape shape, Expression result, List<LoadExpression> extras, string sum, Rows rows, int v, string prefix)
    {
        var expressions = new ExpressionWriter(code, ExtraText, sum, prefix);
        Store(code, shape, expressions.Write(result), rows, v);

        string ExtraText(LoadExpression load)
        {
            int i = extras.IndexOf(load);
            return shape.ExtraRowVaries[i] ? Load(shape, load, $"e{i}", rows, $"e{i}Row", v) : $"e{i}_{v}";
        }
    }

    private static string Waiting(TileShape shape, Rows rows, int v) =>
        shape.IsTwin ? $"L.LoadHalves(ref y, {rows.InTarget(v)}, {rows.Second.InTarget(v)})"
        : IsPartial(shape, v) ? $"L.LoadFirst(ref y, {rows.InTarget(v)}, {shape.LastColumns})"
        : $"L.Load(ref y, {rows.InTarget(v)})";

    private static void Store(CodeWriter code, TileShape shape, string value, Rows rows, int v) => code.Line(
        shape.IsTwin ? $"L.StoreHalves({value}, ref y, {rows.InTarget(v)}, {rows.Second.InTarget(v)});"
        : IsPartial(shape, v) ? $"L.StoreFirst({value}, ref y, {rows.InTarget(v)}, {shape.LastColumns});"
        : $"L.Store({value}, ref y, {rows.InTarget(v)});");

    private static bool IsPartial(TileShape shape, int v) => shape.LastColumns > 0 && v == shape.Vectors - 1;

    private static string Load(TileShape shape, LoadExpression load, string name, Rows rows, string stride, int v)
    {
        bool columnVaries = load.View.Strides[load.View.Strides.Length - 1] == 1;
        int vector = columnVaries ? v : 0;
        string first = rows.InExtra(stride, vector);
        return shape.IsTwin ? HalvesText.Load(name, first, rows.Second.InExtra(stride, vector), columnVaries)
            : columnVaries ? $"L.Load(ref {name}, {first})"
            : $"L.Broadcast({AddressText.Value(name, first)})";
    }

    /// <summary>The number of a sum's row in the tile, as text; of two rows, where a vector is eight columns of each, the numbers of both.</summary>
    private sealed record Rows(string Number, string Other)
    {
        public Rows Second => new(Other, Other);

        public static Rows Of(TileShape shape, int sum) =>
            shape.IsTwin ? new(NumberText.Of(2 * sum), NumberText.Of((2 * sum) + 1)) : new(NumberText.Of(sum), NumberText.Of(sum));

        public string InTarget(int v) => At(Number switch { "0" => "", "1" => "yRow", _ => $"({Number} * yRow)" }, v);

        public string InExtra(string stride, int v) => At(Number == "0" || stride.Length == 0 ? "" : $"({Number} * {stride})", v);

        private static string At(string row, int v)
        {
            string column = NumberText.Of(Lanes.Count * v);
            return row.Length == 0 ? column : v == 0 ? row : $"{row} + {column}";
        }
    }
}
