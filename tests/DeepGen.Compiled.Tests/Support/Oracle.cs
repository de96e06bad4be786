using System.Collections.Immutable;
using DeepGen.Generator.Check;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Tests.Interpret;

namespace DeepGen.Compiled.Tests.Support;

/// <summary>What a network's values ought to be: a graph of it in double precision, or in float32 operation by operation.</summary>
internal sealed class Oracle(Graph graph, RunningNetwork network, int batch, IReadOnlyList<float[]> inputs)
{
    private readonly DenseTensor[] _inputs =
        [.. graph.Inputs.Select((node, i) => new DenseTensor(network.Extents(node.Shape, batch), [.. inputs[i].Select(v => (double)v)]))];

    public double[][] Evaluate() => [.. ReferenceEvaluator.Evaluate(graph, batch, _inputs, Parameter).Select(t => t.Values)];

    /// <summary>The same in float32, sums taken in the given order, functions no better than the runtime promises.</summary>
    public double[][] EvaluateRounded(SummationOrder order)
    {
        return [.. new FloatEvaluator(order, poorFunctions: true).Evaluate(graph, network.Symbols(batch), i => _inputs[i], Parameter).Select(t => t.Values)];
    }

    /// <summary>A stack's parameter is the copies of all its blocks, one after another.</summary>
    private DenseTensor Parameter(string path)
    {
        if (path[0] == '@')
        {
            return network.Matrix(path);
        }

        ParameterSpec spec = network.Elaboration.Parameters.Single(p => p.Path == path);
        IEnumerable<string> names = spec.Counts.Aggregate(
            (IEnumerable<string>)[path],
            (open, count) => open.SelectMany(p => Enumerable.Range(0, count).Select(i => p[..p.IndexOf('*')] + i + p[(p.IndexOf('*') + 1)..])));
        double[] values = [.. names.SelectMany(n => network.Network.Parameters[n].Values.ToArray()).Select(v => (double)v)];
        return new DenseTensor(spec.Counts.Concat(spec.Shape).ToImmutableArray(), values);
    }
}
