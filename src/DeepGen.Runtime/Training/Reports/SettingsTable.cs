using System.Globalization;
using System.Runtime.InteropServices;
using DeepGen.Runtime;

namespace DeepGen.Reports;

/// <summary>What it takes to do the training again, and on what it was done.</summary>
internal static class SettingsTable
{
    public static Html Draw(Subject subject, FitOptions options, TrainingRun run, BatchFeed training, TimeSpan elapsed)
    {
        var html = new Html().Add($"<div class=\"pair\"><div class=\"box\"><table>");
        void Row(string name, string value) => html.Add($"<tr><th>{name}</th><td>{value}</td></tr>");
        Row("training samples", training.Samples is { } samples ? Html.Count(samples) : "a stream");
        Row("epochs", $"{run.History.Count} of {options.Epochs}");
        Row("batch size", Html.Count(options.BatchSize) + (options.MicroBatches > 1 ? $" in {options.MicroBatches} pieces" : string.Empty));
        Row("optimiser", $"{run.Optimizer.GetType().Name}, learning rate {Number(run.Optimizer.LearningRate)}");
        if (run.Optimizer.WeightDecay > 0)
        {
            Row("weight decay", Number(run.Optimizer.WeightDecay));
        }

        if (run.Optimizer.ClipNorm is { } norm)
        {
            Row("gradient clipped to", Number(norm));
        }

        if (run.Optimizer.Schedule is { } schedule)
        {
            Row("schedule", schedule.GetType().Name);
        }

        if (options.WeightAverage is { } decay)
        {
            Row("weight average", $"decay {Number(decay)}");
        }

        if (options.Certified is { } certified)
        {
            Row("certified", $"epsilon {Number(certified.Epsilon)}, {certified.WarmUpSteps} steps of warm-up, {certified.RampSteps} of ramp");
        }

        Row("loss", string.Join(", ", subject.Targets.Select(t => t.Loss)));
        Row("seed", options.Seed.ToString(CultureInfo.InvariantCulture));
        Row("ended", run.StopReason ?? (run.Cancelled ? "cancelled" : "after all epochs"));
        html.Add($"</table></div><div class=\"box\"><table>");
        Row("time", Duration(elapsed));
        double seconds = run.History.Sum(r => r.Seconds);
        if (seconds > 0 && training.Samples is { } each)
        {
            Row("rate", $"{Html.Count((long)(each * run.History.Count / seconds))} samples/s, validation included");
        }

        Row("threads", Html.Count(options.Threads));
        Row("instruction set", InstructionSet.Name);
        Row("processor", $"{RuntimeInformation.ProcessArchitecture}, {Environment.ProcessorCount} logical cores");
        Row("system", RuntimeInformation.OSDescription);
        Row("runtime", RuntimeInformation.FrameworkDescription);
        Row("finished", DateTimeOffset.Now.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture));
        Row("checkpoint", run.LastCheckpoint ?? "none");
        return html.Add($"</table></div></div>");
    }

    public static string Duration(TimeSpan time) => time.TotalHours >= 1
        ? string.Create(CultureInfo.InvariantCulture, $"{(long)time.TotalHours} h {time.Minutes} min")
        : time.TotalMinutes >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{time.Minutes} min {time.Seconds} s")
            : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");

    private static string Number(double value) => ((float)value).ToString("R", CultureInfo.InvariantCulture);
}
