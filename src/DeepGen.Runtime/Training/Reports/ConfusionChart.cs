namespace DeepGen.Reports;

/// <summary>
/// A square of true classes by guessed ones. The depth of a cell's colour is its share of its row, so that rare classes can be
/// read as well; what is right has one colour and mistakes have another.
/// </summary>
internal static class ConfusionChart
{
    private const double Size = 440;
    private const double Top = 30;
    private const int MostWithNumbers = 20;

    public static Html Draw(ConfusionMatrix matrix, Func<int, string> nameOf)
    {
        int n = matrix.Classes;
        double left = n <= MostWithNumbers ? 26 + (6.5 * Math.Min(14, Enumerable.Range(0, n).Max(c => nameOf(c).Length))) : 26;
        double cell = Size / n;
        var svg = new Html().Add($"<figure><figcaption>Confusion matrix<span class=\"legend\">rows: true class, columns: guess</span></figcaption>");
        svg.Add($"<svg viewBox=\"0 0 {left + Size + 2} {Top + Size + 2}\" role=\"img\" aria-label=\"confusion matrix\">");
        for (int row = 0; row < n; row++)
        {
            if (n <= MostWithNumbers)
            {
                svg.Add($"<text class=\"tick\" x=\"{left - 7}\" y=\"{Top + ((row + 0.5) * cell) + 4}\" text-anchor=\"end\">{Short(nameOf(row), 14)}</text>");
                svg.Add($"<text class=\"tick\" x=\"{left + ((row + 0.5) * cell)}\" y=\"{Top - 9}\" text-anchor=\"middle\">{Short(nameOf(row), Math.Max(2, (int)(cell / 7)))}</text>");
            }

            long samples = matrix.Samples(row);
            for (int column = 0; column < n; column++)
            {
                Cell(svg, matrix[row, column], samples, row == column, left + (column * cell), Top + (row * cell), cell, $"{nameOf(row)} taken for {nameOf(column)}");
            }
        }

        return svg.Add($"</svg></figure>");
    }

    private static void Cell(Html svg, long count, long samples, bool right, double x, double y, double size, string words)
    {
        double share = samples == 0 ? 0 : (double)count / samples;

        // A mistake of one in a hundred shall be seen, so the depth grows with the root.
        double depth = right ? 0.12 + (0.78 * share * share) : count == 0 ? 0 : Math.Min(0.95, 0.14 + (1.3 * Math.Sqrt(share)));
        double gap = size > 8 ? 1 : 0;
        svg.Add($"<rect class=\"cell\" x=\"{x}\" y=\"{y}\" width=\"{size - gap}\" height=\"{size - gap}\" rx=\"{gap * 2}\"/>");
        svg.Add($"<rect class=\"{(right ? "right" : "wrong")}\" fill-opacity=\"{Html.Number(Math.Round(depth, 3))}\" x=\"{x}\" y=\"{y}\" width=\"{size - gap}\" height=\"{size - gap}\" rx=\"{gap * 2}\">");
        svg.Add($"<title>{words}: {Html.Count(count)} of {Html.Count(samples)}, {Html.Percent(share)}</title></rect>");
        if (count > 0 && size >= Size / MostWithNumbers)
        {
            double font = Math.Min(13, size * 0.85 / Math.Max(2, Html.Count(count).Length) * 1.7);
            svg.Add($"<text class=\"count{(depth > 0.55 ? " over" : string.Empty)}\" font-size=\"{font}\" x=\"{x + (size / 2)}\" y=\"{y + (size / 2) + (font * 0.35)}\">{Html.Count(count)}</text>");
        }
    }

    private static string Short(string name, int most) => name.Length <= most ? name : name[..(most - 1)] + "…";
}
