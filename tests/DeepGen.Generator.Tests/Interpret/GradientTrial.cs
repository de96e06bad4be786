using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Tests.Ops;

namespace DeepGen.Generator.Tests.Interpret;

/// <summary>
/// A graph with numbers for its inputs and parameters, and its derivatives there: pulled, pushed, and by central differences.
/// Everything is in double precision; the constants of a rule are floats, which is what the tolerances allow for.
/// </summary>
internal sealed class GradientTrial
{
    private const int Batch = 3;
    private readonly Graph _graph;
    private readonly Node[] _leaves;
    private readonly DenseTensor[] _values;
    private readonly Random _random;

    /// <param name="graph">What is differentiated.</param>
    /// <param name="draw">A number for every input and parameter.</param>
    /// <param name="seed">Of tangents and cotangents.</param>
    public GradientTrial(Graph graph, Func<Node, Random, DenseTensor> draw, int seed)
    {
        _graph = graph;
        _random = new Random(seed);
        _leaves = [.. graph.Inputs, .. graph.Nodes.Where(n => n.Op is Parameter)];
        _values = [.. _leaves.Select(n => draw(n, _random))];
        Variables = [.. Enumerable.Range(0, _leaves.Length).Where(i => _leaves[i].Type.Element == ElementType.Float32)];
        Cotangents = [.. Values().Select(y => Random(y.Shape))];
        Tangents = [.. Variables.Select(i => Random(_values[i].Shape))];
    }

    /// <summary>The positions of the leaves that are floats.</summary>
    public int[] Variables { get; }

    public DenseTensor[] Cotangents { get; }

    public DenseTensor[] Tangents { get; }

    public static Graph PullGraph(Graph graph)
    {
        Node[] leaves = [.. graph.Inputs, .. graph.Nodes.Where(n => n.Op is Parameter)];
        Node[] wanted = [.. leaves.Where(n => n.Type.Element == ElementType.Float32)];
        var target = new GraphBuilder();
        int first = graph.Inputs.Select(n => ((Input)n.Op).Index + 1).DefaultIfEmpty().Max();
        var dx = Backward.Pull(
            graph,
            target,
            [.. graph.Outputs.Select(o => o.Node)],
            (i, y) => target.Add(new Input(first + i, $"dy{i}", y.Type)),
            wanted);
        var zero = new GradientBuilder(target);
        Graph pulled = target.Build(dx.Select((d, i) => new GraphOutput($"dx{i}", d ?? zero.Filled(0, wanted[i].Shape))));
        GraphVerifier.Verify(pulled);
        return pulled;
    }

    /// <summary>The cotangents of all variables.</summary>
    public DenseTensor[] Pulled() => Evaluate(PullGraph(_graph), Cotangents);

    /// <summary>The tangents of all outputs.</summary>
    public DenseTensor[] Pushed()
    {
        Graph tangent = Tangent.Run(_graph);
        GraphVerifier.Verify(tangent);
        DenseTensor[] both = Evaluate(tangent, Tangents);
        DenseTensor[] values = Values();
        Assert.All(values.Zip(both), p => Assert.Equal(p.First.Values, p.Second.Values));
        return both[values.Length..];
    }

    public DenseTensor[] Values() => Evaluate(_graph, []);

    /// <summary>⟨Pull(dy), dx⟩ and ⟨dy, Push(dx)⟩, and the size of the terms of which they are sums.</summary>
    public (double Pulled, double Pushed, double Size) Products()
    {
        DenseTensor[] pulled = Pulled(), pushed = Pushed();
        return (Dot(pulled, Tangents), Dot(Cotangents, pushed), Math.Max(Size(pulled, Tangents), Size(Cotangents, pushed)));
    }

    /// <summary>The largest deviation of the pulled cotangents from differences of ⟨dy, y⟩, in proportion to their size.</summary>
    public string? Deviation(double tolerance = 1e-6, double step = 1e-5, int most = int.MaxValue)
    {
        DenseTensor[] pulled = Pulled();
        for (int v = 0; v < Variables.Length; v++)
        {
            double[] x = _values[Variables[v]].Values;
            double scale = 1 + pulled[v].Values.Select(Math.Abs).DefaultIfEmpty().Max();
            foreach (int i in Enumerable.Range(0, x.Length).OrderBy(_ => _random.Next()).Take(most))
            {
                double at = x[i];
                x[i] = at + step;
                double above = Dot(Cotangents, Values());
                x[i] = at - step;
                double below = Dot(Cotangents, Values());
                x[i] = at;
                double difference = (above - below) / (2 * step);
                if (!(Math.Abs(difference - pulled[v].Values[i]) <= tolerance * scale))
                {
                    return $"{_leaves[Variables[v]].Op} at {i}: {pulled[v].Values[i]}, and by differences {difference}";
                }
            }
        }

        return null;
    }

    private DenseTensor[] Evaluate(Graph graph, DenseTensor[] more)
    {
        DenseTensor[] inputs = [.. _values.Take(_graph.Inputs.Length), .. more];
        var parameters = _leaves.Zip(_values).Skip(_graph.Inputs.Length).ToDictionary(p => ((Parameter)p.First.Op).Path, p => p.Second);
        return ReferenceEvaluator.Evaluate(graph, Batch, inputs, path => parameters[path]);
    }

    private DenseTensor Random(ImmutableArray<int> shape) =>
        new(shape, [.. Enumerable.Range(0, Indexing.Length(shape)).Select(_ => (_random.NextDouble() * 2) - 1)]);

    private static double Dot(DenseTensor[] a, DenseTensor[] b) => Terms(a, b).Sum();

    private static double Size(DenseTensor[] a, DenseTensor[] b) => Terms(a, b).Sum(Math.Abs);

    private static IEnumerable<double> Terms(DenseTensor[] a, DenseTensor[] b)
    {
        Assert.Equal(a.Length, b.Length);
        foreach ((DenseTensor p, DenseTensor q) in a.Zip(b))
        {
            Assert.Equal(p.Shape.AsEnumerable(), q.Shape);
        }

        return a.Zip(b).SelectMany(p => p.First.Values.Zip(p.Second.Values, (u, v) => u * v));
    }
}
