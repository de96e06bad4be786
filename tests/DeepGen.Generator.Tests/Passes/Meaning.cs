using System.Collections.Immutable;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Passes;

namespace DeepGen.Generator.Tests.Passes;

/// <summary>What a pass must keep: the outputs, on random inputs and parameters, by the reference evaluator.</summary>
internal static class Meaning
{
    private const int Batch = 2;

    public static void IsKept(Graph before, Graph after, int seed = 1)
    {
        GraphVerifier.Verify(after);
        Assert.Equal(before.Inputs.Select(i => i.Op), after.Inputs.Select(i => i.Op));
        AreEqual(before, Evaluate(before, seed), Evaluate(after, seed));
    }

    public static void IsKept(Graph before, (Graph Prepare, Graph Main) after, int seed = 1)
    {
        GraphVerifier.Verify(after.Prepare);
        GraphVerifier.Verify(after.Main);
        Assert.Empty(after.Prepare.Inputs);
        DenseTensor[] values = ReferenceEvaluator.Evaluate(after.Prepare, Batch, [], Parameters(after.Prepare, seed));
        var prepared = after.Prepare.Outputs.Zip(values).ToDictionary(p => p.First.Name, p => p.Second);
        Func<string, DenseTensor> plain = Parameters(after.Main, seed);
        DenseTensor[] main = ReferenceEvaluator.Evaluate(
            after.Main, Batch, Inputs(after.Main, seed), path => prepared.TryGetValue(path, out DenseTensor? value) ? value : plain(path));
        AreEqual(before, Evaluate(before, seed), main);
    }

    /// <summary>The graph after a pass that keeps its meaning and, applied again, changes nothing.</summary>
    public static Graph After(Func<Graph, Graph> pass, Graph graph)
    {
        Graph after = pass(graph);
        IsKept(graph, after);
        Assert.Equal(Ordered.Print(after), Ordered.Print(pass(after)));
        return after;
    }

    /// <summary>The program as text, one operation a line, after the pass.</summary>
    public static void Becomes(Func<Graph, Graph> pass, Graph graph, string expected) =>
        Assert.Equal(expected.ReplaceLineEndings("\n").Trim(), GraphPrinter.Print(After(pass, graph)).Trim());

    public static int Count<T>(Graph graph, Func<Node, bool>? where = null) =>
        graph.Nodes.Count(n => n.Op is T && (where is null || where(n)))
        + graph.Nodes.Sum(n => n.Op is Repeat repeat ? Count<T>(repeat.Body, where) : 0);

    private static DenseTensor[] Evaluate(Graph graph, int seed) =>
        ReferenceEvaluator.Evaluate(graph, Batch, Inputs(graph, seed), Parameters(graph, seed));

    private static DenseTensor[] Inputs(Graph graph, int seed) =>
        graph.Inputs.Select((n, i) => Random(n.Type, new Random(seed + (31 * i)))).ToArray();

    private static Func<string, DenseTensor> Parameters(Graph graph, int seed)
    {
        var shapes = graph.Nodes.Select(n => n.Op).OfType<Parameter>().ToDictionary(p => p.Path, p => p.ParameterShape);
        return path => Random(
            TensorType.Float(shapes[path]),
            new Random(seed + path.Aggregate(7, (h, c) => unchecked((h * 31) + c))),
            path.EndsWith("variance", StringComparison.Ordinal) ? 0.5 : -1);
    }

    private static DenseTensor Random(TensorType type, Random random, double least = -1)
    {
        ImmutableArray<int> shape = type.Shape.Select(s => s.IsConstant ? s.Value : Batch).ToImmutableArray();
        double Next() => type.Element == ElementType.Int32 ? random.Next(RandomGraphs.Rows) : least + ((1 - least) * random.NextDouble());
        return new DenseTensor(shape, Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(_ => Next()).ToArray());
    }

    private static void AreEqual(Graph graph, DenseTensor[] expected, DenseTensor[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int k = 0; k < expected.Length; k++)
        {
            Assert.Equal(expected[k].Shape.AsEnumerable(), actual[k].Shape.AsEnumerable());
            double scale = 1 + expected[k].Values.Select(Math.Abs).Where(double.IsFinite).DefaultIfEmpty().Max();
            for (int i = 0; i < expected[k].Values.Length; i++)
            {
                (double e, double a) = (expected[k].Values[i], actual[k].Values[i]);
                Assert.True(e.Equals(a) || Math.Abs(e - a) <= 1e-6 * scale, $"output {k} at {i}: {e} became {a}\n{GraphPrinter.Print(graph)}");
            }
        }
    }
}
