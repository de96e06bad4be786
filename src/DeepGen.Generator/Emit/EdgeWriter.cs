using DeepGen.Generator.Lower;
using DeepGen.Generator.Ops;

namespace DeepGen.Generator.Emit;

/// <summary>
/// Sums over edges: rows outside, then up to two vectors of columns whose weights are computed and whose sums stay in registers
/// while the entries of the row go by.
/// </summary>
internal sealed class EdgeWriter(CodeWriter code, EdgeKernel kernel)
{
    private const int MostVectors = 2;

    /// <summary>d, s, l and x of the formulas in the order of the operands.</summary>
    private static readonly string[] s_names = ["d", "s", "l", "x"];

    private readonly DroppedEntries _dropped = new(code, kernel.Matrix, kernel.Rows.IsBatch);
    private readonly bool _isLog = kernel.Op is EdgeLogSum;
    private readonly float _slope = kernel.Op is EdgeSum sum ? sum.Slope : ((EdgeLogSum)kernel.Op).Slope;

    public static IEnumerable<View> Arguments(EdgeKernel kernel) => kernel.Operands.Append(kernel.Target).Concat(DroppedEntries.Key(kernel.Matrix));

    public void Write(string name)
    {
        string operands = string.Concat(kernel.Operands.Select((_, i) => $"ref float {s_names[i]}, "));
        string rows = kernel.Rows.IsBatch ? "count" : SizeText.Of(kernel.Rows);
        string counts = kernel.Rows.IsBatch ? ", nint count" : SizeText.Parameters(kernel.Symbols);
        code.Line($"/// <summary>{rows} rows of {kernel.Columns} columns, each {(_isLog ? "the logarithm of a sum" : "a sum")} over the edges of a node, whose weights are computed.</summary>");
        code.Line(MethodText.Kernel);
        using (code.Braces($"private static void {name}(in SparseRows matrix, {operands}ref float y{_dropped.Parameter}, nint first{counts})"))
        {
            code.Line("ref int starts = ref matrix.Starts;");
            code.Line("ref int columns = ref matrix.Columns;");
            if (kernel.Matrix.IsDroppedBefore)
            {
                code.Line("ref float values = ref matrix.Values;");
            }

            using (code.Braces($"for (nint row = 0; row < {rows}; row++)"))
            {
                code.Line("nint begin = Unsafe.Add(ref starts, first + row);");
                code.Line("nint end = Unsafe.Add(ref starts, first + row + 1);");
                _dropped.OpenRow();
                WriteBlocks();
            }
        }
    }

    private void WriteBlocks()
    {
        int width = 16 * MostVectors;
        int full = kernel.Columns / width * width;
        if (full > 0)
        {
            using (code.Braces($"for (nint column = 0; column < {full}; column += {width})"))
            {
                WriteBlock("column", MostVectors, 0);
            }
        }

        if (kernel.Columns > full)
        {
            using (code.Braces())
            {
                WriteBlock(NumberText.Of(full), (kernel.Columns - full + 15) / 16, kernel.Columns % 16);
            }
        }
    }

    private void WriteBlock(string column, int vectors, int partial)
    {
        for (int v = 0; v < vectors; v++)
        {
            int part = v == vectors - 1 ? partial : 0;
            for (int i = 0; i < kernel.Operands.Count; i++)
            {
                if (!kernel.IsMixing(i))
                {
                    code.Line($"L {s_names[i]}{v} = {Load(i, "row", column, v, part)};");
                }
            }

            code.Line($"L sum{v} = L.Zero;");
            if (_isLog)
            {
                code.Line($"L most{v} = L.Broadcast(float.NegativeInfinity);");
            }
        }

        if (_isLog)
        {
            // What grows with s is greatest where s is.
            using (Entries())
            {
                for (int v = 0; v < vectors; v++)
                {
                    code.Line($"most{v} = L.Max(most{v}, {Load(1, "other", column, v, v == vectors - 1 ? partial : 0)});");
                }
            }

            for (int v = 0; v < vectors; v++)
            {
                code.Line($"most{v} = d{v} + most{v};");
                code.Line($"most{v} = {Bent($"most{v}")};");
            }
        }

        using (Entries())
        {
            if (_dropped.IsThere)
            {
                _dropped.WriteKept("");
            }
            else if (kernel.Matrix.IsDroppedBefore)
            {
                code.Line("float kept = Unsafe.Add(ref values, entry);");
            }

            for (int v = 0; v < vectors; v++)
            {
                WriteEntry(column, v, v == vectors - 1 ? partial : 0);
            }
        }

        for (int v = 0; v < vectors; v++)
        {
            string result = _isLog ? $"begin < end ? most{v} + Elementary.Log(sum{v}) : L.Zero" : $"sum{v}";
            string at = At(kernel.Target, "row", column, v);
            code.Line(partial > 0 && v == vectors - 1 ? $"L.StoreFirst({result}, ref y, {at}, {partial});" : $"L.Store({result}, ref y, {at});");
        }
    }

    private IDisposable Entries()
    {
        IDisposable loop = code.Braces("for (nint entry = begin; entry < end; entry++)");
        code.Line("nint other = Unsafe.Add(ref columns, entry);");
        return loop;
    }

    private void WriteEntry(string column, int v, int partial)
    {
        string Value(int i) => kernel.IsMixing(i) ? Load(i, "other", column, v, partial) : $"{s_names[i]}{v}";

        code.Line($"L z{v} = {Value(0)} + {Value(1)};");
        string least = _isLog ? $"most{v}" : Value(2);
        code.Line($"L weight{v} = Elementary.Exp({Bent($"z{v}")} - {least});");
        if (kernel.Op is EdgeSum { Below: not 1 } sum)
        {
            code.Line($"weight{v} = L.Select(L.LessThan(z{v}, L.Zero), weight{v} * L.Broadcast({NumberText.Of(sum.Below)}), weight{v});");
        }

        if (kernel.Matrix.Dropping is not null)
        {
            code.Line($"weight{v} = weight{v} * L.Broadcast(kept);");
        }

        code.Line(kernel.Operands.Count > 3 ? $"L.AddProduct(ref sum{v}, weight{v}, {Value(3)});" : $"sum{v} = sum{v} + weight{v};");
    }

    private string Bent(string z) => $"L.Max({z}, {z} * L.Broadcast({NumberText.Of(_slope)}))";

    private string Load(int operand, string row, string column, int v, int partial)
    {
        View view = kernel.Operands[operand];
        string name = s_names[operand], at = At(view, row, column, v);
        return partial > 0 && !view.Buffer.MayOverread ? $"L.LoadFirst(ref {name}, {at}, {partial})" : $"L.Load(ref {name}, {at})";
    }

    private string At(View view, string row, string column, int v)
    {
        long stride = kernel.Matrix.IsOfSample ? view.Strides[0] : view.PerSample ? view.Buffer.SampleStride : 0;
        string[] parts = new[] { AddressText.Sum(0, [(row, stride)]), column, NumberText.Of(16 * v) }.Where(p => p != "0").ToArray();
        return parts.Length == 0 ? "0" : string.Join(" + ", parts);
    }
}
