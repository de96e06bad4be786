namespace DeepGen.Reports;

/// <summary>The loss step by step and epoch by epoch, each metric, and the learning rate.</summary>
internal static class LearningCurves
{
    public static Html Draw(TrainingRun run, long stepsPerEpoch)
    {
        double epochs = run.History.Count;
        var charts = new List<Html>();
        var steps = Enumerable.Range(0, run.Curve.Count).Select(i => ((i + 0.5) * run.Curve.Stride / Math.Max(1, stepsPerEpoch), run.Curve[i])).ToList();
        var loss = new List<LineChart.Series>();
        if (steps.Count > run.History.Count)
        {
            loss.Add(new LineChart.Series(string.Empty, "steps", steps, false));
            epochs = Math.Max(epochs, steps[^1].Item1);
        }

        loss.AddRange(Both(run, "loss"));
        charts.Add(LineChart.Draw("Loss", loss, epochs, LineChart.Scale.Shrinking));
        var names = run.History.Count == 0 ? [] : run.History[^1].Values.Select(v => Plain(v.Key)).Distinct().Where(n => n != "loss");
        foreach (string name in names)
        {
            charts.Add(LineChart.Draw(char.ToUpperInvariant(name[0]) + name[1..], Both(run, name), epochs, TrainingReport.IsShare(name) ? LineChart.Scale.Shares : LineChart.Scale.Shrinking));
        }

        if (run.History.Select(r => r.LearningRate).Distinct().Count() > 1)
        {
            var rates = run.History.Select(r => ((double)r.Epoch, r.LearningRate)).ToList();
            charts.Add(LineChart.Draw("Learning rate", [new LineChart.Series("at the epoch's end", "first", rates, true)], epochs, LineChart.Scale.Linear));
        }

        // Three side by side are readable; four are two and two.
        var html = new Html().Add($"<div class=\"{(charts.Count is 1 or 2 or 4 ? "pair" : "curves")}\">");
        charts.ForEach(c => html.Add(c));
        return html.Add($"</div>");
    }

    private static List<LineChart.Series> Both(TrainingRun run, string name)
    {
        var series = new List<LineChart.Series>();

        // The training value is the mean over an epoch, and stands in its middle; the validation is at its end.
        Add("training", "first", name, 0.5);
        Add("validation", "second", EpochRecord.Validation + name, 0);
        return series;

        void Add(string title, string style, string key, double before)
        {
            var points = run.History.Where(r => r.TryGet(key, out _)).Select(r => (r.Epoch - before, r[key])).ToList();
            if (points.Count > 0)
            {
                series.Add(new LineChart.Series(title, style, points, true));
            }
        }
    }

    private static string Plain(string name) =>
        name.StartsWith(EpochRecord.Validation, StringComparison.Ordinal) ? name[EpochRecord.Validation.Length..] : name;
}
