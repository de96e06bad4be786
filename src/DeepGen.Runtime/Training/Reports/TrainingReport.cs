using System.Collections.Immutable;
using System.Globalization;
using DeepGen.Checkpoints;
using DeepGen.Data;

namespace DeepGen.Reports;

/// <summary>
/// One HTML file that needs no other: what was learned, where it fails, and how it was done. The network is measured once more for
/// it, on the validation data or, where there are none, on the training data in their order.
/// </summary>
internal sealed class TrainingReport
{
    private readonly Subject _subject;
    private readonly FitOptions _options;
    private readonly TrainingRun _run;
    private readonly BatchFeed _training;
    private readonly IDataSource _measured;
    private readonly bool _validated;
    private readonly TimeSpan _elapsed;

    public TrainingReport(Subject subject, FitOptions options, TrainingRun run, BatchFeed training, IDataSource? validation, TimeSpan elapsed)
    {
        (_subject, _options, _run, _training, _elapsed) = (subject, options, run, training, elapsed);
        _validated = validation is not null;
        _measured = validation ?? training.Source;
    }

    private long StepsPerEpoch => _training.Batches is { } batches
        ? (batches + _options.MicroBatches - 1) / _options.MicroBatches
        : _run.Step / Math.Max(1, _run.History.Count);

    private string DataName => _validated ? "validation" : "training";

    public void Write(string path)
    {
        string text = Compose().ToString();
        CheckpointFile.Replace(path, path + ".tmp", file => file.Write(System.Text.Encoding.UTF8.GetBytes(text)));
    }

    private Html Compose()
    {
        using var feed = new BatchFeed(_measured, new BatchOptions(Evaluator.BatchSize));
        var (metrics, worst, pairs) = Measure(feed, out long samples);
        string title = $"{_subject.Signature.Name}: training report";
        var html = new Html().Add($"<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"/><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>");
        html.Add($"<title>{title}</title><style>").Raw(ReportStyle.Sheet).Add($"</style></head><body><main>");
        html.Add($"<h1>{_subject.Signature.Name}</h1><p>Training report. Measured on {Html.Count(samples)} {DataName} samples with the final weights.</p>");
        html.Add(Tiles(metrics));
        html.Add($"<h2>Learning</h2>").Add(LearningCurves.Draw(_run, StepsPerEpoch));
        for (int t = 0; t < _subject.Targets.Length; t++)
        {
            html.Add(TargetSection(t, metrics, pairs[t]));
        }

        html.Add($"<h2>The worst mistakes</h2>").Add(MistakeGallery.Draw(worst.Ordered, Shape(), NameOf(0)));
        html.Add($"<h2>The network</h2><div class=\"box\"><pre>{_subject.Summary}</pre></div>");
        html.Add($"<h2>How it was done</h2>").Add(SettingsTable.Draw(_subject, _options, _run, _training, _elapsed));
        return html.Add($"</main></body></html>\n");
    }

    private Html Tiles(MetricSet metrics)
    {
        var tiles = new Html().Add($"<div class=\"tiles\">");
        void Tile(string name, string value) => tiles.Add($"<div class=\"tile\"><b>{value}</b><span>{name}</span></div>");
        var values = ImmutableArray.CreateBuilder<KeyValuePair<string, double>>();
        metrics.AppendTo(values, string.Empty);
        foreach (var (name, value) in values.Where(v => !v.Key.EndsWith("balanced accuracy", StringComparison.Ordinal)))
        {
            Tile($"{DataName} {name}", IsShare(name) ? Html.Percent(value) : Html.Number(value));
        }

        Tile("epochs", Html.Count(_run.History.Count));
        Tile("steps", Html.Count(_run.Step));
        Tile("parameters", Html.Count(_subject.ParameterCount));
        Tile("time", SettingsTable.Duration(_elapsed));
        return tiles.Add($"</div>");
    }

    private Html TargetSection(int t, MetricSet metrics, List<(float Target, float Output)> pairs)
    {
        var html = new Html();
        string title = _subject.Targets.Length == 1 ? "Where it is right" : $"Where it is right: {_subject.Signature.Outputs[_subject.Targets[t].Output].Name}";
        if (metrics.Metrics.OfType<ConfusionMatrix>().FirstOrDefault(m => m.Target == t) is { } matrix)
        {
            var calibration = metrics.Metrics.OfType<CalibrationError>().First(m => m.Target == t);
            html.Add($"<h2>{title}</h2><div class=\"pair\">{ConfusionChart.Draw(matrix, NameOf(t))}{ReliabilityChart.Draw(calibration)}</div>");
            html.Add($"<h2>Classes</h2><div class=\"box\">{ClassTable.Draw(matrix, NameOf(t))}</div>");
        }
        else if (pairs.Count > 0)
        {
            html.Add($"<h2>{title}</h2><div class=\"pair\">{ScatterChart.Draw(pairs)}{HistogramChart.Draw(pairs)}</div>");
        }

        return html;
    }

    private (MetricSet Metrics, WorstSamples Worst, List<(float Target, float Output)>[] Pairs) Measure(BatchFeed feed, out long samples)
    {
        var metrics = new List<Metric>(DefaultMetrics.Of(_subject.Targets, _subject.Signature));
        foreach (var metric in DefaultMetrics.Of(_subject.Targets, _subject.Signature).OfType<Accuracy>())
        {
            metrics.Add(new ConfusionMatrix { Target = metric.Target });
            metrics.Add(new CalibrationError { Target = metric.Target });
        }

        var evaluator = new Evaluator(_subject, feed, metrics);
        var worst = new WorstSamples(_subject);
        var pairs = new PairSample(_subject, feed.Samples);
        long count = 0;
        evaluator.Run(
            (batch, outputs) =>
            {
                worst.Add(batch, outputs, feed.Numbers);
                pairs.Add(batch, outputs);
                count += batch.Count;
            },
            CancellationToken.None);
        samples = count;
        return (evaluator.Metrics, worst, pairs.Pairs);
    }

    /// <summary>The shape that the data give the first input: data of 28 x 28 may feed a network that takes 784.</summary>
    private ImmutableArray<int> Shape() => _measured.Layout.Inputs[0];

    private Func<int, string> NameOf(int target)
    {
        var names = _measured is DataSet set && _measured.Layout.Targets[target].IsClass ? set.ClassNames(target) : [];
        return c => c < names.Length ? names[c] : c.ToString(CultureInfo.InvariantCulture);
    }

    internal static bool IsShare(string name) =>
        name.EndsWith("accuracy", StringComparison.Ordinal) || name.EndsWith("calibration error", StringComparison.Ordinal);
}
