namespace DeepGen.Reports;

/// <summary>Predictions over the values they should have met: all would lie on the diagonal.</summary>
internal static class ScatterChart
{
    private const double Left = 58;
    private const double Size = 386;
    private const double Top = 12;

    public static Html Draw(IReadOnlyList<(float Target, float Output)> points)
    {
        double low = points.Min(p => Math.Min(p.Target, p.Output));
        double high = points.Max(p => Math.Max(p.Target, p.Output));
        var x = Axis.Round(low, high, Left, Left + Size);
        var y = Axis.Round(low, high, Top + Size, Top);
        var svg = new Html().Add($"<figure><figcaption>Predictions<span class=\"legend\">over their targets, {Html.Count(points.Count)} drawn</span></figcaption>");
        svg.Add($"<svg viewBox=\"0 0 {Left + Size + 14} {Top + Size + 44}\" role=\"img\" aria-label=\"predictions over targets\">");
        foreach (double tick in x.Ticks())
        {
            svg.Add($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Left + Size}\" y1=\"{y[tick]}\" y2=\"{y[tick]}\"/>");
            svg.Add($"<text class=\"tick\" x=\"{Left - 8}\" y=\"{y[tick] + 4}\" text-anchor=\"end\">{Html.Number(tick)}</text>");
            svg.Add($"<text class=\"tick\" x=\"{x[tick]}\" y=\"{Top + Size + 20}\" text-anchor=\"middle\">{Html.Number(tick)}</text>");
        }

        svg.Add($"<line class=\"diagonal\" x1=\"{Left}\" y1=\"{Top + Size}\" x2=\"{Left + Size}\" y2=\"{Top}\"/>");
        foreach (var (target, output) in points)
        {
            svg.Add($"<circle class=\"point\" cx=\"{x[target]}\" cy=\"{y[output]}\" r=\"2.5\"><title>target {Html.Number(target)}, prediction {Html.Number(output)}</title></circle>");
        }

        svg.Add($"<text class=\"tick\" x=\"{Left + (Size / 2)}\" y=\"{Top + Size + 38}\" text-anchor=\"middle\">target</text>");
        return svg.Add($"</svg></figure>");
    }
}
