using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;

namespace DeepGen.CompilerCost;

/// <summary>The first call of Predict in this process, which must be fresh, and the second, in milliseconds.</summary>
internal sealed record FirstPrediction(double First, double Second)
{
    private delegate void Predict(ReadOnlySpan<float> input, Span<float> output);

    public static FirstPrediction Measure(Subject subject, string assembly)
    {
        Type type = AssemblyLoadContext.Default.LoadFromAssemblyPath(assembly).GetType("Networks." + subject.Name)!;
        object network = Activator.CreateInstance(type, BindingFlags.CreateInstance, null, [1UL], null)!;
        MethodInfo method = type.GetMethod(nameof(Predict), [typeof(ReadOnlySpan<float>), typeof(Span<float>)])!;
        var predict = method.CreateDelegate<Predict>(network);
        float[] input = new float[subject.Inputs], output = new float[subject.Outputs];
        double first = Time(() => predict(input, output));
        return new FirstPrediction(first, Time(() => predict(input, output)));
    }

    private static double Time(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
