using DeepGen.Generator.Ir;
using DeepGen.Generator.Tests.Interpret;

namespace DeepGen.Compiled.Tests.Support;

/// <summary>A compiled network beside its oracle.</summary>
internal static class Agreement
{
    /// <summary>The largest difference allowed, as a share of the output's largest value.</summary>
    public const double Tolerance = 1e-5;

    /// <summary>How much farther off than plain float32 arithmetic a value may be where that is off as well.</summary>
    private const double Excuse = 4;

    /// <summary>Outputs smaller than this are as good as zero.</summary>
    private const double LeastScale = 1e-3;

    public static void Check(CompiledSource source, string name, params int[] batches) =>
        Assert.Null(Difference(source.Create(name), batches));

    /// <summary>The first value that is wrong, in words; null if none is.</summary>
    public static string? Difference(RunningNetwork network, params int[] batches) => batches
        .Select(batch => Difference(network, batch))
        .FirstOrDefault(d => d is not null);

    private static string? Difference(RunningNetwork network, int batch)
    {
        float[][] inputs = network.Inputs(batch, batch);
        string? difference = Difference(network.Graph, network, inputs, network.Predict(inputs, batch), batch);
        return difference is null ? null : $"batch {batch}, {difference}";
    }

    /// <summary>Compares what was computed with the outputs of a graph of the network.</summary>
    public static string? Difference(Graph graph, RunningNetwork network, float[][] inputs, IReadOnlyList<float[]> actual, int batch)
    {
        var oracle = new Oracle(graph, network, batch, inputs);
        double[][] expected = oracle.Evaluate();
        double[][][]? rounded = null;
        for (int o = 0; o < expected.Length; o++)
        {
            double scale = Math.Max(expected[o].Select(Math.Abs).DefaultIfEmpty(0).Max(), LeastScale);
            int worst = Farthest(expected[o], i => actual[o][i]);
            double distance = Distance(expected[o][worst], actual[o][worst]);
            if (distance <= Tolerance * scale)
            {
                continue;
            }

            // Some networks make much of little: a mean of equal values, taken off and divided by its deviation.
            rounded ??= [.. Enum.GetValues<SummationOrder>().Select(oracle.EvaluateRounded)];
            double inevitable = rounded.Max(r => Distance(expected[o][Farthest(expected[o], i => r[o][i])], r[o][Farthest(expected[o], i => r[o][i])]));
            if (!(distance <= Excuse * inevitable))
            {
                return $"{graph.Outputs[o].Name}, value {worst} is {actual[o][worst]} instead of {expected[o][worst]}: off by {distance / scale:g3} of the scale, where float32 is by {inevitable / scale:g3}";
            }
        }

        return null;
    }

    private static int Farthest(double[] expected, Func<int, double> actual) =>
        Enumerable.Range(0, expected.Length).MaxBy(i => Distance(expected[i], actual(i)));

    private static double Distance(double expected, double actual) =>
        expected.Equals(actual) ? 0 : Math.Abs(expected - actual) is var distance && double.IsNaN(distance) ? double.PositiveInfinity : distance;
}
