using System.Collections.Immutable;
using DeepGen.Generator.Check;
using DeepGen.Generator.Ir;

namespace DeepGen.Compiled.Tests.Support;

/// <summary>What a network's outputs ought to be: its graph as declared, in double precision, with the network's own parameters.</summary>
internal static class Oracle
{
    public static double[][] Evaluate(Elaboration elaboration, INetwork network, int batch, IReadOnlyList<float[]> inputs)
    {
        Graph graph = elaboration.Forward!;
        DenseTensor[] tensors = graph.Inputs
            .Select((node, i) => new DenseTensor(node.Shape.Select(s => s.IsConstant ? s.Value : batch).ToImmutableArray(), inputs[i].Select(v => (double)v).ToArray()))
            .ToArray();
        return ReferenceEvaluator.Evaluate(graph, batch, tensors, path => Parameter(elaboration, network, path)).Select(t => t.Values).ToArray();
    }

    /// <summary>A stack's parameter is the copies of all its blocks, one after another.</summary>
    private static DenseTensor Parameter(Elaboration elaboration, INetwork network, string path)
    {
        ParameterSpec spec = elaboration.Parameters.Single(p => p.Path == path);
        IEnumerable<string> names = spec.Counts.Aggregate(
            (IEnumerable<string>)[path],
            (open, count) => open.SelectMany(p => Enumerable.Range(0, count).Select(i => p[..p.IndexOf('*')] + i + p[(p.IndexOf('*') + 1)..])));
        double[] values = names.SelectMany(n => network.Parameters[n].Values.ToArray()).Select(v => (double)v).ToArray();
        return new DenseTensor(spec.Counts.Concat(spec.Shape).ToImmutableArray(), values);
    }
}
