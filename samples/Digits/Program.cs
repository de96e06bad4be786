using System.Diagnostics;
using System.Globalization;
using DeepGen.Runtime;
using Digits;
using Digits.Networks;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, key) =>
{
    // The second time it ends at once, as usual.
    key.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
};

try
{
    if (Options.Parse(args) is not { } options)
    {
        Console.WriteLine(Options.Help);
        return 0;
    }

    long start = Stopwatch.GetTimestamp();
    var data = options.Data is { } folder ? DigitData.Read(folder, options.Seed) : DigitData.Draw(options.Seed, options.Digits, options.Threads);
    Console.WriteLine(
        $"{data.Training.Count} digits for training, {data.Validation.Count} for validation, {data.Test.Count} for the test, "
        + $"{data.Origin} in {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s");
    Console.WriteLine($"{InstructionSet.Name}, {options.Threads} threads");
    Console.WriteLine();

    if (options.Certified)
    {
        var certified = new CertifiedDigitNet(options.Seed);
        return Session.Run(certified, certified.Certify, Recipe.Certified(options, data.Training.Count), options, data, stop.Token);
    }

    var network = new DigitNet(options.Seed);
    return Session.Run(network, network.Certify, Recipe.Plain(options, data.Training.Count), options, data, stop.Token);
}
catch (Exception error) when (error is FormatException or IOException or ArgumentException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(error.Message);
    return 2;
}
