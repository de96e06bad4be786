using DeepGen.Generator.Lower;

namespace DeepGen.Generator.Emit;

/// <summary>What a tile does with its sums before it stores them: for each sum on its own, or in a loop where that is long.</summary>
internal static class TileEpilogue
{
    /// <summary>Vector operations an epilogue may unroll; beyond some 200 in one method compilers lose track of locals.</summary>
    private const int Unrolled = 120;

    public static void Write(CodeWriter code, TileShape shape, Expression result, List<LoadExpression> extras)
    {
        // What does not depend on the row is loaded once.
        for (int i = 0; i < extras.Count; i++)
        {
            for (int v = 0; v < shape.Vectors && !shape.ExtraRowVaries[i]; v++)
            {
                code.Line($"L e{i}_{v} = {Load(extras[i], $"e{i}", "", v)};");
            }
        }

        if (shape.Rows > 1 && shape.Rows * shape.Vectors * OperationCost.Of(result) > Unrolled)
        {
            WriteLoopedEpilogue(code, shape, result, extras);
            return;
        }

        for (int r = 0; r < shape.Rows; r++)
        {
            string row = Row(r);
            for (int v = 0; v < shape.Vectors; v++)
            {
                WriteResult(code, shape, result, extras, TileWriter.Sum(r, v), row, r == 0 ? "0" : NumberText.Of(r), v, $"t{r}_{v}_");
            }
        }
    }

    /// <summary>Sums that go on begin with what is in the target, in place of zeros.</summary>
    public static void WriteGoingOn(CodeWriter code, TileShape shape)
    {
        using (code.Braces("if (goesOn)"))
        {
            for (int r = 0; r < shape.Rows; r++)
            {
                for (int v = 0; v < shape.Vectors; v++)
                {
                    code.Line($"{TileWriter.Sum(r, v)} = {Waiting(shape, At(Row(r), v), v)};");
                }
            }
        }
    }

    private static string Waiting(TileShape shape, string at, int v) =>
        shape.LastColumns > 0 && v == shape.Vectors - 1 ? $"L.LoadFirst(ref y, {at}, {shape.LastColumns})" : $"L.Load(ref y, {at})";

    private static string Row(int r) => r switch { 0 => "", 1 => "yRow", _ => $"({r} * yRow)" };

    private static string At(string row, int v)
    {
        string column = NumberText.Of(16 * v);
        return row.Length == 0 ? column : v == 0 ? row : $"{row} + {column}";
    }

    /// <summary>A long epilogue, once in a loop: the sums wait in the target, which the tile has just brought into the cache.</summary>
    private static void WriteLoopedEpilogue(CodeWriter code, TileShape shape, Expression result, List<LoadExpression> extras)
    {
        for (int r = 0; r < shape.Rows; r++)
        {
            for (int v = 0; v < shape.Vectors; v++)
            {
                Store(code, shape, TileWriter.Sum(r, v), Row(r), v);
            }
        }

        using (code.Braces($"for (nint row = 0; row < {shape.Rows}; row++)"))
        {
            for (int v = 0; v < shape.Vectors; v++)
            {
                code.Line($"L sum{v} = {Waiting(shape, At("(row * yRow)", v), v)};");
                WriteResult(code, shape, result, extras, $"sum{v}", "(row * yRow)", "row", v, $"t{v}_");
            }
        }
    }

    private static void WriteResult(
        CodeWriter code, TileShape shape, Expression result, List<LoadExpression> extras, string sum, string targetRow, string row, int v, string prefix)
    {
        var expressions = new ExpressionWriter(code, ExtraText, sum, prefix);
        Store(code, shape, expressions.Write(result), targetRow, v);

        string ExtraText(LoadExpression load)
        {
            int i = extras.IndexOf(load);
            if (!shape.ExtraRowVaries[i])
            {
                return $"e{i}_{v}";
            }

            return Load(load, $"e{i}", row == "0" ? "" : $"({row} * e{i}Row)", v);
        }
    }

    private static void Store(CodeWriter code, TileShape shape, string value, string row, int v)
    {
        string at = At(row, v);
        code.Line(shape.LastColumns > 0 && v == shape.Vectors - 1
            ? $"L.StoreFirst({value}, ref y, {at}, {shape.LastColumns});"
            : $"L.Store({value}, ref y, {at});");
    }

    private static string Load(LoadExpression load, string name, string row, int v)
    {
        bool columnVaries = load.View.Strides[load.View.Strides.Length - 1] == 1;
        string offset = (row.Length > 0, columnVaries && v > 0) switch
        {
            (true, true) => $"{row} + {16 * v}",
            (true, false) => row,
            (false, true) => NumberText.Of(16 * v),
            _ => "0",
        };
        return columnVaries ? $"L.Load(ref {name}, {offset})" : $"L.Broadcast({(offset == "0" ? name : $"Unsafe.Add(ref {name}, {offset})")})";
    }
}
