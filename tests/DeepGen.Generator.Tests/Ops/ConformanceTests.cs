using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Tests.Interpret;

namespace DeepGen.Generator.Tests.Ops;

/// <summary>What every primitive owes, one test a property, run over the table of samples.</summary>
public sealed class ConformanceTests
{
    private static readonly Dictionary<string, int> _sizes = new() { ["B"] = 3 };

    public static TheoryData<int, string> Samples() => Rows(_ => true);

    /// <summary>The samples that may occur in a forward graph: gradients, which add up over the batch, have no bounds.</summary>
    public static TheoryData<int, string> Bounded() => Rows(HasBounds);

    /// <summary>What the step of a stream is made of is differentiated by nobody.</summary>
    public static TheoryData<int, string> Differentiable() => Rows(HasGradient);

    public static TheoryData<int, string> DifferentiableBounds() => Rows(s => HasGradient(s) && HasBounds(s));

    internal static bool HasGradient(OpSample sample) => sample.Op is not (Remember or RememberAll or RowAt);

    [Fact]
    public void Every_primitive_has_a_sample()
    {
        var sampled = OpSamples.All.Select(s => s.Op.GetType()).Concat([typeof(Input), typeof(Parameter), typeof(Constant), typeof(Adjacency), typeof(Item)]);
        Assert.Empty(Primitives.All.Except(sampled).Select(t => t.Name));
    }

    [Theory, MemberData(nameof(Samples))]
    public void Values_have_the_inferred_shapes(int sample, string title)
    {
        OpSample s = OpSamples.All[sample];
        var random = new Random(sample);
        Graph graph = s.Build();
        GraphVerifier.Verify(graph);
        var operands = s.Operands.Select(o => o.Draw(random, _sizes)).ToArray();
        DenseTensor[] values = ReferenceEvaluator.Evaluate(graph, 3, operands, _ => throw new InvalidOperationException());
        for (int i = 0; i < values.Length; i++)
        {
            var inferred = graph.Outputs[i].Node.Shape.Bind(_sizes).Select(x => x.Value);
            Assert.True(inferred.SequenceEqual(values[i].Shape), title);
            Assert.Equal(Indexing.Length(values[i].Shape), values[i].Values.Length);
        }
    }

    [Theory, MemberData(nameof(Samples))]
    public void A_scalar_body_means_what_the_function_means(int sample, string title)
    {
        OpSample s = OpSamples.All[sample];
        if (s.Op is not Elementwise op)
        {
            return;
        }

        Scalar body = op.Body(Scalar.Arguments(op.Arity));
        var random = new Random(sample);
        for (int trial = 0; trial < 500; trial++)
        {
            double[] x = s.Operands.Select(o => o.Draw(random, _sizes).Values[0]).ToArray();
            double expected = op.Apply(x[0], x.Length > 1 ? x[1] : 0, x.Length > 2 ? x[2] : 0);
            double actual = FloatScalar.Evaluate(body, x);

            // A body's constants are floats, so it may differ from the function by a few of their ulps.
            Assert.True(Math.Abs(expected - actual) <= 1e-6 * Math.Max(Math.Abs(expected), x.Max(Math.Abs)), $"{title}({string.Join(", ", x)}): {expected} and {actual}");
        }
    }

    [Theory, MemberData(nameof(Samples))]
    public void Printing_is_deterministic_and_names_the_primitive(int sample, string title)
    {
        OpSample s = OpSamples.All[sample];
        string text = GraphPrinter.Print(s.Build());
        Assert.Equal(text, GraphPrinter.Print(s.Build()));
        Assert.Contains($" = {s.Op.Name}", text);
        Assert.True(text.EndsWith('\n'), title);
    }

    [Theory, MemberData(nameof(Samples))]
    public void Equal_operations_on_equal_operands_are_one_node(int sample, string title)
    {
        OpSample s = OpSamples.All[sample];
        var graph = new GraphBuilder();
        Node[] operands = s.Operands.Select((o, i) => graph.Add(new Input(i, $"x{i}", o.Type))).ToArray();
        Assert.True(ReferenceEquals(graph.Add(s.Op, operands), graph.Add(s.Op with { }, operands)), title);
    }

    [Fact]
    public void Every_primitive_of_a_forward_graph_has_an_interval_rule()
    {
        var without = Primitives.All.Where(t => !typeof(IIntervalRule).IsAssignableFrom(t));
        Assert.Equal(["Adjacency", "Constant", "FilterGradient", "Input", "Pair", "Parameter", "PlaceWinners", "ScatterAdd", "SparseDropout"], without.Select(t => t.Name).Order());
        Assert.All(OpSamples.All.Where(HasBounds), s => Assert.Empty(Interval.MissingRules(s.Build())));
    }

    [Theory, MemberData(nameof(Bounded))]
    public void The_graph_of_bounds_is_well_formed(int sample, string title)
    {
        Graph bounds = Interval.Run(OpSamples.All[sample].Build());
        GraphVerifier.Verify(bounds);
        Assert.True(bounds.Outputs.Length % 2 == 0, title);
    }

    [Theory, MemberData(nameof(Bounded))]
    public void Every_execution_within_the_box_lies_within_the_bounds(int sample, string title)
    {
        OpSample s = OpSamples.All[sample];
        for (int asParameters = 0; asParameters < (1 << s.Operands.Length) - 1; asParameters++)
        {
            foreach (double width in new[] { 0, 1e-6, 0.05, 2 })
            {
                var trial = new BoxTrial(s, asParameters, width, seed: (sample * 1000) + asParameters);
                Assert.True(trial.Violation() is null, $"{title}, parameters {asParameters}, width {width}: {trial.Violation()}");
            }
        }
    }

    private static bool HasBounds(OpSample sample) => sample.Op is IIntervalRule;

    private static TheoryData<int, string> Rows(Func<OpSample, bool> belongs)
    {
        var data = new TheoryData<int, string>();
        for (int i = 0; i < OpSamples.All.Length; i++)
        {
            if (belongs(OpSamples.All[i]))
            {
                data.Add(i, OpSamples.All[i].Title);
            }
        }

        return data;
    }
}
