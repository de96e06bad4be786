using System.Diagnostics;
using DeepGen.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DeepGen.CompilerCost;

/// <summary>What the generator takes for one network, in milliseconds, and how large what it writes is.</summary>
/// <param name="Cold">The first run in this process, the generator's own JIT compilation included.</param>
/// <param name="Warm">A driver that knows nothing yet, in a process in which all is compiled; as after a change of everything.</param>
/// <param name="Unrelated">Another file was edited.</param>
/// <param name="Width">One width of the network was edited.</param>
internal sealed record GeneratorCost(double Cold, double Warm, double Unrelated, double Width, int Lines, double KiB, int IlBytes, int LargestMethod)
{
    // The JIT compiles hot methods again in the background: by then it has.
    private const int WarmUp = 6;
    private const int Repetitions = 7;

    /// <summary>Measures in this process, which must be fresh, and leaves the compiled assembly there.</summary>
    public static GeneratorCost Measure(Subject subject, string assembly)
    {
        CSharpCompilation project = Project.Create(subject.Source);

        // The C# compiler's own first steps are no part of it: there would be some without a generator too.
        project.GetDiagnostics();
        double cold = Time(() => Driver().RunGenerators(project));
        double warm = Repeat(time => (Driver(), Project.Create(subject.Source)));

        GeneratorDriver driver = Driver().RunGenerators(project);
        double unrelated = Repeat(time => (driver, project.WithOther(time + 1)));
        double width = Repeat(time => (driver, project.WithNetwork(subject.Edited(time))));
        MustBe(IncrementalStepRunReason.Cached, driver.RunGenerators(project.WithOther(1)));
        MustBe(IncrementalStepRunReason.Modified, driver.RunGenerators(project.WithNetwork(subject.Edited(1))));

        driver = driver.RunGeneratorsAndUpdateCompilation(project, out Compilation whole, out _);
        string[] sources = [.. driver.GetRunResult().GeneratedTrees.Select(t => t.ToString())];
        IlSize il = IlSize.Of(whole, assembly);
        return new GeneratorCost(cold, warm, unrelated, width, sources.Sum(s => s.Count(c => c == '\n')), sources.Sum(s => s.Length) / 1024.0, il.Total, il.Largest);
    }

    private static double Repeat(Func<int, (GeneratorDriver Driver, CSharpCompilation Project)> prepare)
    {
        double[] times = new double[WarmUp + Repetitions];
        for (int time = 0; time < times.Length; time++)
        {
            var (driver, project) = prepare(time);
            times[time] = Time(() => driver.RunGenerators(project));
        }

        return Statistics.Median(times[WarmUp..]);
    }

    private static double Time(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <summary>Some class of the file was compiled, or none was; blocks are classes too.</summary>
    private static void MustBe(IncrementalStepRunReason reason, GeneratorDriver driver)
    {
        var reasons = driver.GetRunResult().Results[0].TrackedSteps[NetworkGenerator.CompileStep].SelectMany(s => s.Outputs).Select(o => o.Reason).ToList();
        bool holds = reason == IncrementalStepRunReason.Cached ? reasons.All(r => r == reason) : reasons.Contains(reason);
        if (!holds)
            throw new InvalidOperationException($"{reason} was expected of the compilation, but it was {string.Join(", ", reasons)}.");
    }

    private static GeneratorDriver Driver() => CSharpGeneratorDriver.Create(
        [new NetworkGenerator().AsSourceGenerator()],
        parseOptions: Project.ParseOptions,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
}
