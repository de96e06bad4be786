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
                WriteRow(kernel);
            });
        }
    }

    /// <summary>A row that lies in one piece, vector by vector, or else number by number.</summary>
    private void WriteRow(GatherKernel kernel)
    {
        int rows = kernel.IndexExtents.Length;
        int last = kernel.RowExtents.Length - 1;
        int width = last < 0 ? 1 : kernel.RowExtents[last].Value;
        bool isPiece = last >= 0 && kernel.Table.Strides[1 + last] == 1 && kernel.Target.Strides[rows + last] == 1;
        string end = "k" + NumberText.Of(last);
        WriteLoops(isPiece ? kernel.RowExtents.RemoveAt(last) : kernel.RowExtents, "k", () =>
        {
            if (!isPiece)
            {
                code.Line($"Unsafe.Add(ref y, {Target(kernel)}) = Unsafe.Add(ref table, {Source(kernel)});");
                return;
            }

            int full = width / Lanes.Count * Lanes.Count;
            if (full > 0)
            {
                using (code.Braces($"for (nint {end} = 0; {end} < {full}; {end} += 16)"))
                {
                    code.Line($"L.Store(L.Load(ref table, {Source(kernel)}), ref y, {Target(kernel)});");
                }
            }

            if (width > full)
            {
                using IDisposable scope = code.Braces();
                code.Line($"const int {end} = {full};");
                code.Line($"L.StoreFirst(L.LoadFirst(ref table, {Source(kernel)}, {width - full}), ref y, {Target(kernel)}, {width - full});");
            }
        });
    }

    private static string Source(GatherKernel kernel) =>
        AddressText.Sum(0, kernel.RowExtents.Select((_, a) => ("k" + NumberText.Of(a), kernel.Table.Strides[1 + a])).Prepend(("row", kernel.Table.Strides[0])));

    private static string Target(GatherKernel kernel) => AddressText.Sum(
        0,
        kernel.IndexExtents.Select((_, a) => ("i" + NumberText.Of(a), kernel.Target.Strides[a]))
            .Concat(kernel.RowExtents.Select((_, a) => ("k" + NumberText.Of(a), kernel.Target.Strides[kernel.IndexExtents.Length + a]))));

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
