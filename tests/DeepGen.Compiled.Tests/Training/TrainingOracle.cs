using System.Collections.Immutable;
using DeepGen.Compiled.Tests.Support;
using DeepGen.Generator.Check;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Tests.Interpret;

namespace DeepGen.Compiled.Tests.Training;

/// <summary>What a training step ought to give: its graph in double precision, and how far float32 is off where it cannot help it.</summary>
internal sealed class TrainingOracle
{
    /// <summary>As a share of the largest value of a gradient.</summary>
    private const double Tolerance = 1e-5;

    private const double Excuse = 4;

    private const double LeastScale = 1e-4;

    private readonly Graph _graph;
    private readonly double[][] _expected;
    private readonly Lazy<double[][][]> _rounded;

    public TrainingOracle(Graph graph, RunningNetwork network, int batch, IReadOnlyList<float[]> inputs)
    {
        _graph = graph;
        var parameters = network.Elaboration.Parameters.ToDictionary(
            p => p.Path,
            p => new DenseTensor(
                p.Counts.Concat(p.Shape).ToImmutableArray(),
                [.. Names(p).SelectMany(n => network.Network.Parameters[n].Values.ToArray()).Select(v => (double)v)]));
        DenseTensor Value(string path) => path[0] == '@' ? network.Matrix(path) : parameters[path];
        DenseTensor[] values = [.. graph.Inputs.Select((node, i) => new DenseTensor(
            network.Extents(node.Shape, batch), [.. inputs[i].Select(v => (double)v)]))];
        _expected = [.. ReferenceEvaluator.Evaluate(graph, batch, values, Value).Select(t => t.Values)];
        Dictionary<string, int> sizes = network.Symbols(batch);
        _rounded = new(() => [.. Enum.GetValues<SummationOrder>().Select(order => new FloatEvaluator(order, poorFunctions: true)
            .Evaluate(graph, sizes, i => values[i], Value).Select(t => t.Values).ToArray())]);
    }

    /// <summary>The first output that is wrong, in words; null if none is.</summary>
    public string? Difference(IReadOnlyList<float[]> actual)
    {
        for (int o = 0; o < _expected.Length; o++)
        {
            double[] expected = _expected[o];
            if (actual[o].Length != expected.Length)
            {
                return $"{_graph.Outputs[o].Name} has {actual[o].Length} values instead of {expected.Length}";
            }

            double scale = Math.Max(expected.Select(Math.Abs).DefaultIfEmpty(0).Max(), LeastScale);
            int worst = Enumerable.Range(0, expected.Length).MaxBy(i => Distance(expected[i], actual[o][i]));
            double distance = Distance(expected[worst], actual[o][worst]);
            if (distance > Tolerance * scale)
            {
                double inevitable = _rounded.Value.Max(r => Enumerable.Range(0, expected.Length).Max(i => Distance(expected[i], r[o][i])));
                if (!(distance <= Excuse * inevitable))
                {
                    return $"{_graph.Outputs[o].Name}, value {worst} is {actual[o][worst]} instead of {expected[worst]}: off by {distance / scale:g3} of the scale, where float32 is by {inevitable / scale:g3}";
                }
            }
        }

        return null;
    }

    /// <summary>The names of a parameter's copies.</summary>
    public static IEnumerable<string> Names(ParameterSpec spec) => spec.Counts.Aggregate(
        (IEnumerable<string>)[spec.Path],
        (open, count) => open.SelectMany(p => Enumerable.Range(0, count).Select(i => p[..p.IndexOf('*')] + i + p[(p.IndexOf('*') + 1)..])));

    private static double Distance(double expected, double actual) =>
        expected.Equals(actual) ? 0 : Math.Abs(expected - actual) is var distance && double.IsNaN(distance) ? double.PositiveInfinity : distance;
}
