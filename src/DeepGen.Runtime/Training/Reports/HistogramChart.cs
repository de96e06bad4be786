namespace DeepGen.Reports;

/// <summary>How often prediction − target is how large.</summary>
internal static class HistogramChart
{
    private const int Bars = 31;
    private const double Left = 58;
    private const double Width = 386;
    private const double Height = 386;
    private const double Top = 12;

    public static Html Draw(IReadOnlyList<(float Target, float Output)> points)
    {
        double widest = Math.Max(points.Max(p => Math.Abs((double)p.Output - p.Target)), 1e-12);
        var counts = new int[Bars];
        foreach (var (target, output) in points)
        {
            counts[Math.Clamp((int)((((double)output - target) / widest + 1) / 2 * Bars), 0, Bars - 1)]++;
        }

        var x = new Axis(-widest, widest, Left, Left + Width);
        var y = Axis.Round(0, counts.Max(), Top + Height, Top);
        var svg = new Html().Add($"<figure><figcaption>Errors<span class=\"legend\">prediction − target</span></figcaption>");
        svg.Add($"<svg viewBox=\"0 0 {Left + Width + 14} {Top + Height + 44}\" role=\"img\" aria-label=\"histogram of errors\">");
        foreach (double tick in y.Ticks())
        {
            svg.Add($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Left + Width}\" y1=\"{y[tick]}\" y2=\"{y[tick]}\"/>");
            svg.Add($"<text class=\"tick\" x=\"{Left - 8}\" y=\"{y[tick] + 4}\" text-anchor=\"end\">{Html.Number(tick)}</text>");
        }

        foreach (double tick in x.Ticks())
        {
            svg.Add($"<text class=\"tick\" x=\"{x[tick]}\" y=\"{Top + Height + 20}\" text-anchor=\"middle\">{Html.Number(tick)}</text>");
        }

        double width = Width / Bars;
        for (int bar = 0; bar < Bars; bar++)
        {
            double height = y[0] - y[counts[bar]];
            svg.Add($"<rect class=\"right\" fill-opacity=\"0.85\" x=\"{Left + (bar * width) + 1}\" y=\"{y[counts[bar]]}\" width=\"{width - 2}\" height=\"{height}\" rx=\"2\"><title>{Html.Count(counts[bar])}</title></rect>");
        }

        svg.Add($"<line class=\"axis\" x1=\"{x[0]}\" x2=\"{x[0]}\" y1=\"{Top}\" y2=\"{y[0]}\"/>");
        return svg.Add($"</svg></figure>");
    }
}
