using DeepGen.Generator.Ir;
using DeepGen.Generator.Lower;

namespace DeepGen.Generator.Emit;

/// <summary>Random numbers of one sample: the runtime draws them row by row, given the number of the sample.</summary>
internal sealed class NoiseWriter(CodeWriter code)
{
    public static IEnumerable<View> Arguments(NoiseKernel kernel) => [kernel.Key, kernel.Target];

    public void Write(NoiseKernel kernel, string name)
    {
        code.Line($"/// <summary>{string.Join(" x ", kernel.Extents.Select(SizeText.Of))} random numbers.</summary>");
        using (code.Braces($"private static void {name}(ref float key, ref float y, int sample{SizeText.Parameters(kernel.Symbols)})"))
        {
            code.Line($"var words = NoiseNumbers.Words(key, Unsafe.Add(ref key, {NumberText.Of(kernel.Key.Strides[0])}), sample);");
            WriteRows(kernel, 0, []);
        }
    }

    private void WriteRows(NoiseKernel kernel, int axis, List<string> counters)
    {
        int last = kernel.Extents.Length - 1;
        if (axis < last)
        {
            string counter = "i" + NumberText.Of(axis);
            using (code.Braces($"for (int {counter} = 0; {counter} < {SizeText.Of(kernel.Extents[axis])}; {counter}++)"))
            {
                WriteRows(kernel, axis + 1, [.. counters, counter]);
            }

            return;
        }

        Size row = last < 0 ? 1 : kernel.Extents[last];
        var position = new List<(string, long)>();
        long length = row.Value;
        for (int a = last - 1; a >= 0; a--)
        {
            position.Add((counters[a], length));
            length *= kernel.Extents[a].Value;
        }

        string place = AddressText.Sum(0, counters.Select((c, a) => (c, kernel.Target.Strides[a])));
        code.Line($"NoiseNumbers.Fill(words, {AddressText.Sum(0, position)}, {AddressText.Reference("y", place)}, {(row.IsOpen ? "(int)" : "")}{SizeText.Of(row)});");
    }
}
