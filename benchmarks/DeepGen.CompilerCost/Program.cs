using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using DeepGen.Benchmarks;
using DeepGen.CompilerCost;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// What must happen in a fresh process is done by this program called again.
const int Processes = 3;
switch (args)
{
    case ["generator", string name, string file]:
        Console.WriteLine(JsonSerializer.Serialize(GeneratorCost.Measure(Subject.Named(name), file)));
        return 0;
    case ["prediction", string name, string file]:
        Console.WriteLine(JsonSerializer.Serialize(FirstPrediction.Measure(Subject.Named(name), file)));
        return 0;
}

string[] chosen = args.Length > 0 ? args : [.. Subject.All.Select(s => s.Name), "builds"];
Console.WriteLine(Machine.Describe());
Console.WriteLine($"Medians of {Processes} processes; generator in milliseconds.");
Subject[] subjects = [.. chosen.Where(name => name != "builds").Select(Subject.Named)];
if (subjects.Length > 0)
    Table(subjects);
if (chosen.Contains("builds"))
    Builds();
return 0;

static void Table(Subject[] subjects)
{
    string folder = Directory.CreateTempSubdirectory("deepgen-cost-").FullName;
    Console.WriteLine();
    Console.WriteLine("| network | cold | warm | another file edited | a width edited | lines | KiB | IL, KiB | largest method, bytes of IL | first Predict less second, ms |");
    Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
    foreach (Subject subject in subjects)
    {
        string assembly = Path.Combine(folder, subject.Name + ".dll");
        GeneratorCost[] costs = [.. Enumerable.Range(0, Processes).Select(_ => InFreshProcess<GeneratorCost>("generator", subject.Name, assembly))];
        FirstPrediction[] predictions = [.. Enumerable.Range(0, Processes).Select(_ => InFreshProcess<FirstPrediction>("prediction", subject.Name, assembly))];
        GeneratorCost size = costs[0];
        Console.WriteLine(
            $"| {subject.Title} | {Median(c => c.Cold):F0} | {Median(c => c.Warm):F1} | {Median(c => c.Unrelated):F1} | {Median(c => c.Width):F1} "
            + $"| {size.Lines:N0} | {size.KiB:F0} | {size.IlBytes / 1024.0:F0} | {size.LargestMethod:N0} | {Statistics.Median(predictions.Select(p => p.First - p.Second)):F0} |");

        double Median(Func<GeneratorCost, double> figure) => Statistics.Median(costs.Select(figure));
    }

    Directory.Delete(folder, recursive: true);
}

static void Builds()
{
    WholeBuild[] builds =
    [
        new("without DeepGen", false, []),
        new("with DeepGen, no network", true, []),
        new("with MLP 784-256-128-10", true, [Subject.Named("Perceptron")]),
        new("with all six", true, Subject.All),
    ];
    for (int round = 0; round < Processes; round++)
    {
        foreach (var build in builds)
            build.Measure();
    }

    Console.WriteLine();
    Console.WriteLine("| `dotnet build` of a small program | seconds: median (least to most) |");
    Console.WriteLine("|---|---|");
    foreach (var build in builds)
    {
        Console.WriteLine($"| {build.Title} | {Statistics.Median(build.Seconds):F1} ({build.Seconds.Min():F1}-{build.Seconds.Max():F1}) |");
        build.Delete();
    }
}

static T InFreshProcess<T>(params string[] arguments)
{
    var start = new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true };
    using Process process = Process.Start(start)!;
    string output = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    return process.ExitCode == 0
        ? JsonSerializer.Deserialize<T>(output)!
        : throw new InvalidOperationException($"{string.Join(' ', arguments)} ended with {process.ExitCode}.\n{output}");
}
