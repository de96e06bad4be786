using DeepGen.Generator.Lower;

namespace DeepGen.Generator.Emit;

/// <summary>
/// Rows added up by number. Sixteen columns at a time go through all samples in their order, so that threads can share columns and
/// every sum has the order of the batch.
/// </summary>
internal sealed class ScatterWriter(CodeWriter code)
{
    public static IEnumerable<View> Arguments(ScatterKernel kernel) => [kernel.Index, kernel.Source, kernel.Target];

    public void Write(ScatterKernel kernel, string name)
    {
        int vectors = (kernel.Columns + Lanes.Count - 1) / Lanes.Count;
        int rest = kernel.Columns % Lanes.Count;
        string parts = kernel.IsParted ? ", int part, int parts" : "";
        (string first, string end) = kernel.IsParted ? PartText.Range(vectors) : ("0", NumberText.Of(vectors));
        code.Line($"/// <summary>{SizeText.Of(kernel.Rows)} rows of each sample, of {kernel.Columns} columns, added up by their numbers to {kernel.TableRows}.</summary>");
        code.Line(MethodText.Kernel);
        using (code.Braces($"private static void {name}(ref int index, ref float x, ref float y, nint batch{SizeText.Parameters(kernel.Symbols)}{parts})"))
        using (code.Braces($"for (nint v = {first}; v < {end}; v++)"))
        {
            code.Line("nint column = v * 16;");
            if (rest > 0)
            {
                code.Line($"int width = v == {vectors - 1} ? {rest} : 16;");
            }

            using (code.Braces($"for (nint n = 0; n < {kernel.TableRows}; n++)"))
            {
                Store("L.Zero", $"{AddressText.Sum(0, [("n", kernel.Target.Strides[0])])} + column", rest);
            }

            using (code.Braces("for (nint b = 0; b < batch; b++)"))
            using (code.Braces($"for (nint i = 0; i < {SizeText.Of(kernel.Rows)}; i++)"))
            {
                string at = AddressText.Sum(0, [("b", kernel.Index.Buffer.SampleStride), ("i", kernel.Index.Strides[kernel.Index.Strides.Length - 1])]);
                string source = AddressText.Sum(0, [("b", kernel.Source.Buffer.SampleStride), ("i", kernel.Source.Strides[1])]);
                code.Line($"nint row = (global::DeepGen.Runtime.Arguments.Index(Unsafe.Add(ref index, {at}), {kernel.TableRows}) * (nint){kernel.Target.Strides[0]}) + column;");
                code.Line(rest == 0
                    ? $"L.Store(L.Load(ref y, row) + L.Load(ref x, {source} + column), ref y, row);"
                    : $"L.StoreFirst(L.LoadFirst(ref y, row, width) + L.LoadFirst(ref x, {source} + column, width), ref y, row, width);");
            }
        }
    }

    private void Store(string value, string at, int rest) =>
        code.Line(rest == 0 ? $"L.Store({value}, ref y, {at});" : $"L.StoreFirst({value}, ref y, {at}, width);");
}
