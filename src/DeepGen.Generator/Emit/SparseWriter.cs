using DeepGen.Generator.Lower;

namespace DeepGen.Generator.Emit;

/// <summary>
/// Products with a sparse matrix: rows outside, then up to four vectors of columns whose sums stay in registers while the
/// entries of the row go by.
/// </summary>
internal sealed class SparseWriter(CodeWriter code, SparseKernel kernel)
{
    private const int MostVectors = 4;

    private readonly List<LoadExpression> _extras = Extras(kernel);
    private readonly DroppedEntries _dropped = new(code, kernel.Matrix, kernel.Rows.IsBatch);

    public static IEnumerable<View> Arguments(SparseKernel kernel) =>
        new[] { kernel.Source, kernel.Target }.Concat(DroppedEntries.Key(kernel.Matrix)).Concat(Extras(kernel).Select(e => e.View));

    private static List<LoadExpression> Extras(SparseKernel kernel) => kernel.Result.Loads().Distinct().ToList();

    public void Write(string name)
    {
        string rows = kernel.Rows.IsBatch ? "count" : SizeText.Of(kernel.Rows);
        string extras = string.Concat(_extras.Select((_, i) => $", ref float e{i}"));
        string counts = (kernel.Rows.IsBatch ? ", nint first, nint count" : kernel.Matrix.IsOfSample ? ", nint first" : "")
            + SizeText.Parameters(kernel.Symbols) + (kernel.IsParted ? ", int part, int parts" : "");
        code.Line($"/// <summary>{rows} rows of {kernel.Columns} columns, each a sum over the entries of a row of the matrix.</summary>");
        code.Line(MethodText.Kernel);
        using (code.Braces($"private static void {name}(in SparseRows matrix, ref float x, ref float y{_dropped.Parameter}{extras}{counts})"))
        {
            code.Line("ref int starts = ref matrix.Starts;");
            code.Line("ref int columns = ref matrix.Columns;");
            code.Line("ref float values = ref matrix.Values;");
            (string from, string to) = kernel.IsParted ? PartText.Range(kernel.Rows.Value) : ("0", rows);
            using (code.Braces($"for (nint row = {from}; row < {to}; row++)"))
            {
                code.Line($"nint begin = Unsafe.Add(ref starts, {_dropped.Row});");
                code.Line($"nint end = Unsafe.Add(ref starts, {_dropped.Row} + 1);");
                _dropped.OpenRow();
                WriteBlocks();
            }
        }
    }

    private void WriteBlocks()
    {
        int width = 16 * MostVectors;
        int full = kernel.Columns / width;
        int rest = kernel.Columns % width;
        if (full > 1)
        {
            using (code.Braces($"for (nint column = 0; column < {full * width}; column += {width})"))
            {
                WriteBlock("column", MostVectors, 0);
            }
        }
        else if (full == 1)
        {
            using (rest > 0 ? code.Braces() : default(IDisposable))
            {
                WriteBlock(null, MostVectors, 0);
            }
        }

        if (rest > 0)
        {
            using (full == 1 ? code.Braces() : default(IDisposable))
            {
                bool padded = kernel.Target.PaddedRows;
                WriteBlock(full == 0 ? null : NumberText.Of(full * width), (rest + 15) / 16, rest % 16, padded);
            }
        }
    }

    private void WriteBlock(string? column, int vectors, int partial, bool padded = false)
    {
        for (int v = 0; v < vectors; v++)
        {
            code.Line($"L sum{v} = L.Zero;");
        }

        using (code.Braces("for (nint entry = begin; entry < end; entry++)"))
        {
            code.Line($"nint other = Unsafe.Add(ref columns, entry);");
            string value = WriteValue();
            string at = AddressText.Sum(0, [("other", RowStride(kernel.Source))]);
            for (int v = 0; v < vectors; v++)
            {
                bool isPartial = partial > 0 && v == vectors - 1 && !kernel.Source.Buffer.MayOverread;
                string offset = At(at, column, v);
                string row = isPartial ? $"L.LoadFirst(ref x, {offset}, {partial})" : $"L.Load(ref x, {offset})";
                code.Line($"L.AddProduct(ref sum{v}, {value}, {row});");
            }
        }

        string target = AddressText.Sum(0, [("row", RowStride(kernel.Target))]);
        for (int v = 0; v < vectors; v++)
        {
            var expressions = new ExpressionWriter(code, load => Extra(load, column, v), $"sum{v}", $"t{v}_");
            string result = expressions.Write(kernel.Result);
            code.Line(partial > 0 && !padded && v == vectors - 1
                ? $"L.StoreFirst({result}, ref y, {At(target, column, v)}, {partial});"
                : $"L.Store({result}, ref y, {At(target, column, v)});");
        }
    }

    /// <summary>The entry's value in all lanes, or what is left of it where entries are dropped.</summary>
    private string WriteValue()
    {
        if (!_dropped.IsThere)
        {
            return "ref Unsafe.Add(ref values, entry)";
        }

        _dropped.WriteKept("Unsafe.Add(ref values, entry) * ");
        return "ref kept";
    }

    private string Extra(LoadExpression load, string? column, int v)
    {
        int i = _extras.IndexOf(load);
        bool varies = load.View.Strides.Last() == 1;
        string row = AddressText.Sum(0, [("row", RowStride(load.View))]);
        string at = varies ? At(row, column, v) : row;
        return varies ? $"L.Load(ref e{i}, {at})" : $"L.Broadcast({(at == "0" ? $"e{i}" : $"Unsafe.Add(ref e{i}, {at})")})";
    }

    private static string At(string row, string? column, int v)
    {
        string[] parts = new[] { row, column ?? "0", NumberText.Of(16 * v) }.Where(p => p != "0").ToArray();
        return parts.Length == 0 ? "0" : string.Join(" + ", parts);
    }

    private long RowStride(View view) => view.PerSample && !kernel.Matrix.IsOfSample ? view.Buffer.SampleStride : view.Strides.Length > 1 ? view.Strides[0] : 0;
}
