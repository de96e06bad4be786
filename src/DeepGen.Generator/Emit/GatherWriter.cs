using DeepGen.Generator.Ir;
using DeepGen.Generator.Lower;

namespace DeepGen.Generator.Emit;

/// <summary>Rows of a table, one per index; an index outside the table is an error that names it.</summary>
internal sealed class GatherWriter(CodeWriter code)
{
    public static IEnumerable<View> Arguments(GatherKernel kernel) => [kernel.Index, kernel.Table, kernel.Target];

    public static IEnumerable<string> ArgumentNames(GatherKernel kernel) => kernel.Reads.Select((_, i) => i == 0 ? "index" : "table").Append("y");

    public void Write(GatherKernel kernel, string name)
    {
        using (code.Braces($"private static void {name}(ref int index, ref float table, ref float y{SizeText.Parameters(kernel.Symbols)})"))
        {
            WriteLoops(kernel.IndexExtents, "i", () =>
            {
                string at = AddressText.Sum(0, kernel.IndexExtents.Select((_, a) => ("i" + NumberText.Of(a), kernel.Index.Strides[a])));
                code.Line($"nint row = global::DeepGen.Runtime.Arguments.Index(Unsafe.Add(ref index, {at}), {kernel.TableRows});");
                WriteLoops(kernel.RowExtents, "k", () =>
                {
                    int rows = kernel.IndexExtents.Length;
                    IEnumerable<(string, long)> Inner(View view, int first) =>
                        kernel.RowExtents.Select((_, a) => ("k" + NumberText.Of(a), view.Strides[first + a]));
                    string source = AddressText.Sum(0, Inner(kernel.Table, 1).Prepend(("row", kernel.Table.Strides[0])));
                    string target = AddressText.Sum(0, kernel.IndexExtents.Select((_, a) => ("i" + NumberText.Of(a), kernel.Target.Strides[a])).Concat(Inner(kernel.Target, rows)));
                    code.Line($"Unsafe.Add(ref y, {target}) = Unsafe.Add(ref table, {source});");
                });
            });
        }
    }

    private void WriteLoops(IReadOnlyList<Size> extents, string prefix, Action body, int axis = 0)
    {
        if (axis == extents.Count)
        {
            body();
            return;
        }

        string counter = prefix + NumberText.Of(axis);
        using (code.Braces($"for (nint {counter} = 0; {counter} < {SizeText.Of(extents[axis])}; {counter}++)"))
        {
            WriteLoops(extents, prefix, body, axis + 1);
        }
    }
}
