using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Lower;
using DeepGen.Generator.Ops;
using IrParameter = DeepGen.Generator.Ops.Parameter;

namespace DeepGen.Compiled.Tests.Support;

/// <summary>Runs a compiled graph beside the reference evaluator, on random inputs and parameters.</summary>
internal static class GraphAgreement
{
    /// <summary>The largest difference allowed, as a share of the output's largest value.</summary>
    private const double Tolerance = 1e-5;

    /// <summary>Numbers of rows are below this: every table is at least as long.</summary>
    private const int Rows = 3;

    /// <summary>Fails with the first value that goes wrong, computed by as little of the graph as shows it.</summary>
    public static void Check(IReadOnlyList<Graph> graphs, Func<Graph, Graph> passes, params int[] batches)
    {
        IReadOnlyList<string?> differences = TryAll(graphs, passes, batches);
        int failing = Enumerable.Range(0, graphs.Count).FirstOrDefault(i => differences[i] is not null, -1);
        if (failing < 0)
        {
            return;
        }

        Graph graph = graphs[failing];
        IEnumerable<Graph> parts = graph.Nodes.Where(n => n.Op is not Repeat && n.Type.Element == ElementType.Float32).Select(n => BatchFirst.Of(graph, n));
        parts = parts.Where(p => SampleSeparation.Violation(p) is null);
        Graph least = parts.FirstOrDefault(p => TryAll([p], passes, batches)[0] is not null, graph);
        string difference = TryAll([least], passes, batches)[0] ?? differences[failing]!;
        Assert.Fail($"graph {failing}, {difference}\n{GraphPrinter.Print(least)}\nafter the passes\n{GraphPrinter.Print(passes(least))}");
    }

    /// <summary>What is wrong with each graph; null where nothing is.</summary>
    private static IReadOnlyList<string?> TryAll(IReadOnlyList<Graph> graphs, Func<Graph, Graph> passes, int[] batches)
    {
        try
        {
            CompiledGraphs compiled = CompiledGraphs.Load(graphs, passes);
            return graphs.Select((g, i) => batches.Select(b => Difference(compiled, i, g, b)).FirstOrDefault(d => d is not null)).ToList();
        }
        catch (Exception e) when (graphs.Count == 1)
        {
            return [e.ToString()];
        }
        catch (Exception)
        {
            return graphs.Select(g => TryAll([g], passes, batches)[0]).ToList();
        }
    }

    public static string? Difference(CompiledGraphs compiled, int index, Graph graph, int batch)
    {
        var random = new Random(index + (1000 * batch));
        DenseTensor[] inputs = graph.Inputs.Select(n => Draw(n.Type, batch, random)).ToArray();
        Dictionary<string, DenseTensor> parameters = graph.Nodes
            .Select(n => n.Op)
            .OfType<IrParameter>()
            .ToDictionary(p => p.Path, p => Draw(TensorType.Float(p.ParameterShape), batch, random));
        DenseTensor[] expected = ReferenceEvaluator.Evaluate(graph, batch, inputs, path => parameters[path]);
        float[][] actual = compiled.Run(index, batch, inputs, path => parameters[path], graph);
        for (int o = 0; o < expected.Length; o++)
        {
            double scale = Math.Max(expected[o].Values.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max(), 1e-2);
            for (int i = 0; i < expected[o].Values.Length; i++)
            {
                (double wanted, double got) = (expected[o].Values[i], actual[o][i]);
                if (!wanted.Equals(got) && !(Math.Abs(wanted - got) <= Tolerance * scale))
                {
                    return $"batch {batch}, output {o}, value {i}: {got} instead of {wanted}";
                }
            }
        }

        return null;
    }

    private static DenseTensor Draw(TensorType type, int batch, Random random)
    {
        ImmutableArray<int> shape = type.Shape.Select(s => s.IsConstant ? s.Value : batch).ToImmutableArray();
        double Next() => type.Element == ElementType.Int32 ? random.Next(Rows) : (float)((2 * random.NextDouble()) - 1);
        return new DenseTensor(shape, Enumerable.Range(0, shape.Aggregate(1, (n, s) => n * s)).Select(_ => Next()).ToArray());
    }
}
