using System.Diagnostics;
using System.Globalization;
using DeepGen;
using DeepGen.Data;
using DeepGen.Learning;
using DeepGen.Runtime;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

Options? options;
try
{
    options = Options.Parse(args);
}
catch (FormatException error)
{
    Console.Error.WriteLine(error.Message);
    return 2;
}

if (options is null)
{
    Console.WriteLine(Options.Help);
    return 0;
}

Console.WriteLine($"{InstructionSet.Name}, {options.Threads} threads, seed {options.Seed}");
Console.WriteLine();
if (options.Chooses)
{
    DepthChoice.Try(options);
    return 0;
}

Console.WriteLine($"{"run",-76} {"result",8}   {"line",-9} {"seconds",7}");
bool missed = false;
foreach (var run in Run.All)
{
    if (options.Only.Count > 0 && !options.Only.Contains(run.Name))
        continue;

    string line = $"{(run.AtMost ? "<=" : ">=")} {run.Line.ToString(run.Format == "P2" ? "P1" : run.Format)}";
    long start = Stopwatch.GetTimestamp();
    try
    {
        double share = run.Share(options);
        bool reached = run.Reaches(share);
        missed |= !reached;
        Console.WriteLine($"{run.Title,-76} {share.ToString(run.Format),8}   {line,-9} {Stopwatch.GetElapsedTime(start).TotalSeconds,7:F1}  {(reached ? "ok" : "MISSED")}");
    }
    catch (Exception error) when (error is IOException or TrainingDivergedException)
    {
        missed |= error is not FileNotFoundException;
        Console.WriteLine($"{run.Title,-76} {"-",8}   {line,-9} {"",7}  {(error is FileNotFoundException ? "skipped" : "FAILED")}: {error.Message}");
    }
}

return missed ? 1 : 0;
