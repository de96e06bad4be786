namespace DeepGen.Reports;

/// <summary>Lines over epochs.</summary>
internal static class LineChart
{
    private const double Width = 440;
    private const double Height = 256;
    private const double Left = 58;
    private const double Right = 14;
    private const double Top = 14;
    private const double Bottom = 40;

    /// <summary>A positive quantity that shrinks by more than this is better read by its powers of ten.</summary>
    private const double LogarithmicFrom = 8;

    /// <param name="Name">For the legend; empty leaves it out.</param>
    /// <param name="Style">The class of the style sheet.</param>
    /// <param name="Points">Epoch and value.</param>
    /// <param name="Dots">Whether each point is marked.</param>
    public sealed record Series(string Name, string Style, IReadOnlyList<(double X, double Y)> Points, bool Dots);

    /// <summary>What is drawn upwards.</summary>
    public enum Scale
    {
        /// <summary>Equal differences are equal lengths.</summary>
        Linear,

        /// <summary>Equal ratios are, if it shrinks a lot.</summary>
        Shrinking,

        /// <summary>From 0 to 100 percent at most.</summary>
        Shares,
    }

    public static Html Draw(string title, IReadOnlyList<Series> series, double epochs, Scale scale)
    {
        var finite = series.SelectMany(s => s.Points).Select(p => p.Y).Where(double.IsFinite).DefaultIfEmpty(0).ToList();
        var (low, high) = (finite.Min(), finite.Max());
        bool shares = scale == Scale.Shares;
        bool logarithmic = scale == Scale.Shrinking && low > 0 && high / low > LogarithmicFrom;
        var x = new Axis(0, Math.Max(epochs, 1), Left, Width - Right);
        var y = logarithmic ? new Axis(low, high, Height - Bottom, Top, true)
            : Axis.Round(shares ? low : Math.Min(0, low), shares ? Math.Min(1, high) : high, Height - Bottom, Top);
        var svg = new Html().Add($"<figure><figcaption>{title}{Legend(series)}</figcaption>");
        svg.Add($"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{title}\">");
        foreach (double tick in y.Ticks())
        {
            svg.Add($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{y[tick]}\" y2=\"{y[tick]}\"/>");
            svg.Add($"<text class=\"tick\" x=\"{Left - 8}\" y=\"{y[tick] + 4}\" text-anchor=\"end\">{(shares ? Html.Percent(tick, "0.##") : Html.Number(tick))}</text>");
        }

        foreach (double tick in x.Ticks(8).Where(t => t == Math.Floor(t)))
        {
            svg.Add($"<text class=\"tick\" x=\"{x[tick]}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{Html.Number(tick)}</text>");
        }

        svg.Add($"<text class=\"tick\" x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 4}\" text-anchor=\"middle\">epoch</text>");
        svg.Add($"<line class=\"axis\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Height - Bottom}\" y2=\"{Height - Bottom}\"/>");
        foreach (var line in series)
        {
            Draw(svg, line, x, y, shares);
        }

        return svg.Add($"</svg></figure>");
    }

    private static void Draw(Html svg, Series line, Axis x, Axis y, bool shares)
    {
        var points = line.Points.Where(p => double.IsFinite(p.Y)).ToList();
        svg.Add($"<polyline class=\"line {line.Style}\" points=\"");
        foreach (var (at, value) in points)
        {
            svg.Add($"{x[at]},{y[value]} ");
        }

        svg.Add($"\"/>");
        if (!line.Dots)
        {
            return;
        }

        double radius = points.Count <= 40 ? 3 : 1.5;
        foreach (var (at, value) in points)
        {
            svg.Add($"<circle class=\"dot {line.Style}\" cx=\"{x[at]}\" cy=\"{y[value]}\" r=\"{radius}\"><title>");
            svg.Add($"{line.Name}, epoch {Html.Number(Math.Ceiling(at))}: {(shares ? Html.Percent(value) : Html.Number(value))}</title></circle>");
        }
    }

    private static Html Legend(IReadOnlyList<Series> series)
    {
        var legend = new Html().Add($"<span class=\"legend\">");
        foreach (var line in series.Where(s => s.Name.Length > 0))
        {
            legend.Add($"<span class=\"key {line.Style}\">{line.Name}</span>");
        }

        return legend.Add($"</span>");
    }
}
