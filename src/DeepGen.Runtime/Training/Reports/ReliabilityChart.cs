namespace DeepGen.Reports;

/// <summary>
/// How often the network is right when it is so sure: a bar for each bin of confidence, which would touch the diagonal if the
/// confidence were honest, and below it how many samples the bin has.
/// </summary>
internal static class ReliabilityChart
{
    private const double Left = 52;
    private const double Size = 392;
    private const double Top = 12;
    private const double Below = 64;

    public static Html Draw(CalibrationError metric)
    {
        var x = new Axis(0, 1, Left, Left + Size);
        var y = new Axis(0, 1, Top + Size - Below, Top);
        double bottom = y[0];
        double width = Size / CalibrationError.Bins;
        long most = Math.Max(1, Enumerable.Range(0, CalibrationError.Bins).Max(metric.Samples));
        var svg = new Html().Add($"<figure><figcaption>Calibration<span class=\"legend\">expected calibration error {Html.Percent(metric.Value)}</span></figcaption>");
        svg.Add($"<svg viewBox=\"0 0 {Left + Size + 20} {Top + Size + 44}\" role=\"img\" aria-label=\"reliability diagram\">");
        foreach (double tick in new[] { 0, 0.2, 0.4, 0.6, 0.8, 1 })
        {
            svg.Add($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Left + Size}\" y1=\"{y[tick]}\" y2=\"{y[tick]}\"/>");
            svg.Add($"<text class=\"tick\" x=\"{Left - 8}\" y=\"{y[tick] + 4}\" text-anchor=\"end\">{Html.Percent(tick, "0")}</text>");
            svg.Add($"<text class=\"tick\" x=\"{x[tick]}\" y=\"{Top + Size + 20}\" text-anchor=\"middle\">{Html.Percent(tick, "0")}</text>");
        }

        for (int bin = 0; bin < CalibrationError.Bins; bin++)
        {
            if (metric.Samples(bin) == 0)
            {
                continue;
            }

            double at = Left + (bin * width);
            double right = metric.Accuracy(bin);
            double sure = metric.Confidence(bin);
            string words = $"confidence {Html.Percent(sure)}: right {Html.Percent(right)} of {Html.Count(metric.Samples(bin))}";
            svg.Add($"<rect class=\"right\" fill-opacity=\"0.85\" x=\"{at + 1}\" y=\"{y[right]}\" width=\"{width - 2}\" height=\"{bottom - y[right]}\" rx=\"2\"><title>{words}</title></rect>");
            var (from, to) = (y[Math.Max(right, sure)], y[Math.Min(right, sure)]);
            svg.Add($"<rect class=\"gap\" x=\"{at + 1}\" y=\"{from}\" width=\"{width - 2}\" height=\"{to - from}\"><title>{words}</title></rect>");
            double height = Math.Max(1.5, (Below - 22) * metric.Samples(bin) / most);
            svg.Add($"<rect class=\"muted\" x=\"{at + 1}\" y=\"{Top + Size - height}\" width=\"{width - 2}\" height=\"{height}\"><title>{words}</title></rect>");
        }

        svg.Add($"<line class=\"diagonal\" x1=\"{x[0]}\" y1=\"{y[0]}\" x2=\"{x[1]}\" y2=\"{y[1]}\"/>");
        svg.Add($"<line class=\"axis\" x1=\"{Left}\" x2=\"{Left + Size}\" y1=\"{bottom}\" y2=\"{bottom}\"/>");
        svg.Add($"<line class=\"axis\" x1=\"{Left}\" x2=\"{Left + Size}\" y1=\"{Top + Size}\" y2=\"{Top + Size}\"/>");
        svg.Add($"<text class=\"tick\" x=\"{Left + 4}\" y=\"{bottom + 14}\">samples</text>");
        svg.Add($"<text class=\"tick\" x=\"{Left + (Size / 2)}\" y=\"{Top + Size + 38}\" text-anchor=\"middle\">confidence; bars: share that is right, outlined: the gap</text>");
        return svg.Add($"</svg></figure>");
    }
}
