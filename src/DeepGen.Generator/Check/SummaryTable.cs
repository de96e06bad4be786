using System.Globalization;
using System.Text;
using DeepGen.Generator.Layers;

namespace DeepGen.Generator.Check;

/// <summary>
/// The summary as text: a line for each layer with its output shape, parameters and floating point operations, then the
/// totals. A stack is a line for its block and a line for each layer of the block, whose figures are those of all copies.
/// </summary>
internal static class SummaryTable
{
    private const int Gap = 2;

    private static readonly string[] Titles = ["Layer", "Kind", "Output shape", "Parameters", "FLOPs"];

    public static string Render(string network, Elaboration elaboration)
    {
        string[][] lines = [Titles, .. elaboration.Rows.Select(Cells)];
        int[] widths = Titles.Select((_, column) => lines.Max(l => l[column].Length)).ToArray();
        string rule = new('-', widths.Sum() + (Gap * (widths.Length - 1)));

        var text = new StringBuilder();
        text.Append(network).Append('\n').Append(rule).Append('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            text.Append(Line(lines[i], widths)).Append('\n');
            if (i == 0)
            {
                text.Append(rule).Append('\n');
            }
        }

        return text.Append(rule).Append('\n').Append(Totals(elaboration)).ToString();
    }

    private static string[] Cells(SummaryRow row) =>
        [row.Name, row.Layer, row.OutputShape, Figure(row.Parameters), Figure(row.Flops)];

    private static string Line(string[] cells, int[] widths)
    {
        IEnumerable<string> aligned = cells.Select((cell, column) =>
            column < 3 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]));
        return string.Join(new string(' ', Gap), aligned);
    }

    private static string Totals(Elaboration elaboration)
    {
        long trainable = elaboration.Parameters.Where(p => p.Trainable).Sum(p => p.Length);
        long statistics = elaboration.Parameters.Where(p => !p.Trainable).Sum(p => p.Length);
        long flops = elaboration.Rows.Aggregate(0L, (n, r) => Saturating.Add(n, r.Flops));
        string also = statistics == 0 ? "" : $" and {Number(statistics)} running statistics";
        return $"Parameters: {Number(trainable)}{also} ({Number(4 * (trainable + statistics))} bytes)\n"
            + $"FLOPs: {Number(flops)} for one sample\n";
    }

    // A dash says "none" faster than a zero does.
    private static string Figure(long value) => value == 0 ? "-" : Number(value);

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
