using System.Globalization;
using System.Text;

namespace DeepGen.SideBySide.Measuring;

/// <summary>Rows as text for a terminal, and as Markdown.</summary>
internal static class Table
{
    public const string Heading =
        "workload                       metric                 threads        DeepGen µs (min, median, max)   best peer                         its µs    ratio  of peak   other peers (ratio)";

    public static string Line(Row row)
    {
        string start = string.Create(CultureInfo.InvariantCulture, $"{row.Workload,-30} {row.Metric,-22} {row.Threads,7}");
        if (row.Wrong is not null)
            return $"{start}   WRONG: {row.Wrong}";
        string ours = row.Ours is { } o ? $"{Number(o.Minimum),10} {Number(o.Median),10} {Number(o.Maximum),10}" : "";
        string theirs = row.Theirs is { } t ? Number(t.Median) : "-";
        return string.Create(CultureInfo.InvariantCulture, $"{start} {ours,37}   {row.Peer,-30} {theirs,9} {Ratio(row),8} {Share(row),8}{Others(row)}");
    }

    public static string Markdown(string machine, string command, IEnumerable<Row> rows)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"On {machine}, by `{command}`; medians in microseconds, DeepGen's with minimum and maximum:\n\n");
        text.Append("| workload | metric | threads | DeepGen | best peer | its time | ratio | of peak | other peers (ratio) |\n|---|---|---|---|---|---|---|---|---|\n");
        foreach (var row in rows)
        {
            string ours = row.Wrong is not null ? "WRONG" : row.Ours is { } o ? $"{Number(o.Median)} ({Number(o.Minimum)}-{Number(o.Maximum)})" : "";
            string theirs = row.Theirs is { } t ? Number(t.Median) : "";
            text.Append(CultureInfo.InvariantCulture, $"| {row.Workload} | {row.Metric} | {row.Threads} | {ours} | {row.Peer} | {theirs} | {Ratio(row)} | {Share(row)} | {Others(row).Trim()} |\n");
        }

        return text.ToString();
    }

    /// <summary>Three digits that mean something, more only before the point.</summary>
    public static string Number(double value)
    {
        string format = value switch { < 0.1 => "F4", < 1 => "F3", < 10 => "F2", < 100 => "F1", _ => "F0" };
        return value.ToString(format, CultureInfo.InvariantCulture);
    }

    private static string Ratio(Row row) => Ratio(row.Ratio);

    private static string Ratio(double? ratio) => ratio switch
    {
        null => "",
        < 10 => ratio.Value.ToString("F2", CultureInfo.InvariantCulture),
        _ => ratio.Value.ToString("F1", CultureInfo.InvariantCulture),
    };

    private static string Others(Row row)
    {
        if (row.Gain > 0)
            return $"   the loop of the peak {Ratio(row.Gain)}";
        return row.Others.Count == 0 ? "" : "   " + string.Join(", ", row.Others.Select(o => $"{o.Peer} {Number(o.Microseconds)} ({Ratio(row.RatioTo(o.Microseconds))})"));
    }

    private static string Share(Row row) => row.PeakShare > 0 ? string.Create(CultureInfo.InvariantCulture, $"{100 * row.PeakShare:F0} %") : "";
}
