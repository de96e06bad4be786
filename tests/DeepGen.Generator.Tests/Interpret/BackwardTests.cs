using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Passes;
using DeepGen.Generator.Tests.Ops;
using DeepGen.Generator.Tests.Passes;

namespace DeepGen.Generator.Tests.Interpret;

/// <summary>What the graph of gradients is made of: its outputs, its names, and nothing that is not needed.</summary>
public sealed class BackwardTests
{
    private static readonly Size _b = Size.Batch;

    [Fact]
    public void Gradients_are_outputs_beside_the_old_ones_in_the_shapes_of_their_parameters()
    {
        var s = new Sketch();
        Graph graph = WithLoss(s, s.Dense(s.Relu(s.Dense(s.Image(4), "a", 3)), "b", 2));
        Graph backward = Run(graph, "loss", "a.weight", "b.bias");
        Assert.Equal(["y", "loss", "gradient:a.weight", "gradient:b.bias"], backward.Outputs.Select(o => o.Name));
        Assert.Equal(graph.Inputs.Select(i => i.Op), backward.Inputs.Select(i => i.Op));
        Assert.Equal("[3,4]", backward.Outputs[2].Node.Shape.ToString());
        Assert.Equal("[2]", backward.Outputs[3].Node.Shape.ToString());
    }

    [Fact]
    public void The_gradient_of_a_mean_is_that_of_the_samples_divided_by_their_number()
    {
        var s = new Sketch();
        Graph backward = Run(WithLoss(s, s.Dense(s.Image(2), "d", 1)), "loss", "d.weight", "d.bias");
        DenseTensor x = Evaluation.Tensor([4, 2], 1, 2, 3, 4, 5, 6, 7, 8);
        DenseTensor[] values = ReferenceEvaluator.Evaluate(backward, 4, [x], path => path == "d.bias" ? Evaluation.Tensor([1], 0) : Evaluation.Tensor([1, 2], 1, 1));
        Assert.Equal([4, 5], values[2].Values);
        Assert.Equal([1], values[3].Values);
    }

    [Fact]
    public void A_parameter_used_twice_has_the_sum_of_its_gradients()
    {
        var s = new Sketch();
        Node w = s.Parameter("w", 2);
        Node x = s.Image(2);
        Node wide = s.Broadcast(w, x.Shape, 1);
        Node y = s.Add(new Add(), s.Add(new Multiply(), wide, x), s.Add(new Multiply(), wide, wide));
        DenseTensor[] values = ReferenceEvaluator.Evaluate(
            Run(WithLoss(s, y), "loss", "w"), 1, [Evaluation.Tensor([1, 2], 10, 20)], _ => Evaluation.Tensor([2], 3, 4));
        Assert.Equal([10 + 6, 20 + 8], values[2].Values);
    }

    [Fact]
    public void What_the_output_does_not_depend_on_has_the_gradient_zero()
    {
        var s = new Sketch();
        Node x = s.Image(2);
        Graph graph = WithLoss(s, x, s.Add(new Multiply(), x, s.Broadcast(s.Parameter("elsewhere", 2), x.Shape, 1)));
        Graph backward = Backward.Run(graph, "loss", [new Parameter("elsewhere", Shape.Of(2)), new Parameter("nowhere", Shape.Of(3, 2))]);
        GraphVerifier.Verify(backward);
        Assert.All(backward.Outputs.TakeLast(2), o => Assert.Equal(0, GradientBuilder.Number(o.Node)));
        Assert.Equal(["[2]", "[3,2]"], backward.Outputs.TakeLast(2).Select(o => o.Node.Shape.ToString()));
    }

    [Fact]
    public void An_output_that_is_no_number_or_is_not_there_and_a_parameter_that_is_not_there_are_refused()
    {
        var s = new Sketch();
        Graph graph = WithLoss(s, s.Dense(s.Image(2), "d", 1));
        Assert.Contains("one number", Assert.Throws<IrException>(() => Backward.Run(graph, "y", ["d.bias"])).Message);
        Assert.Contains("no output cost", Assert.Throws<IrException>(() => Backward.Run(graph, "cost", ["d.bias"])).Message);
        Assert.Contains("no parameter e", Assert.Throws<IrException>(() => Backward.Run(graph, "loss", ["e"])).Message);
    }

    [Fact]
    public void A_primitive_without_a_rule_is_named_and_matters_only_where_a_derivative_goes_through_it()
    {
        var s = new Sketch();
        Node x = s.Image(2);
        Node y = s.Add(new Multiply(), s.Add(new Unruly(), x), s.Broadcast(s.Parameter("w", 2), x.Shape, 1));
        Graph graph = WithLoss(s, y);
        Assert.Equal("unruly", Assert.Single(Backward.MissingRules(graph)).Op.Name);
        Run(graph, "loss", "w");

        var other = new Sketch();
        Node wide = other.Broadcast(other.Parameter("w", 2), Shape.Of(_b, 2), 1);
        Graph refused = WithLoss(other, other.Add(new Unruly(), wide));
        Assert.Contains("unruly has no gradient rule", Assert.Throws<IrException>(() => Backward.Run(refused, "loss", ["w"])).Message);
    }

    [Fact]
    public void Nothing_is_computed_for_the_gradient_of_an_image_that_is_given()
    {
        var s = new Sketch();
        Node y = s.Relu(s.Convolution(s.Image(2, 6, 6), s.Parameter("w", 3, 2, 3, 3), null, 1));
        Graph backward = Run(WithLoss(s, y), "loss", "w");
        Assert.Equal((1, 1), (Meaning.Count<Convolution>(backward), Meaning.Count<FilterGradient>(backward)));
    }

    [Fact]
    public void A_stack_whose_parameters_are_not_asked_for_is_not_read_backwards()
    {
        Graph graph = WithLoss(GradientNetworks.Forward("stack"));
        Assert.Equal(1, Meaning.Count<Repeat>(Run(graph, "loss", "1.weight")));
        Assert.Equal(2, Meaning.Count<Repeat>(Run(graph, "loss", "1.weight", "0.*.2.bias")));
    }

    [Fact]
    public void A_loop_keeps_what_it_carries_and_its_products_and_not_what_is_cheap()
    {
        Graph graph = WithLoss(OpSamples.All.Single(s => s.Title == "repeat, stacked").Build(asParameters: 0b110));
        Graph stored = Run(GradientNetworks.Checkpointed(graph, false), "loss", "p1", "p2");
        Graph recomputed = Run(GradientNetworks.Checkpointed(graph, true), "loss", "p1", "p2");
        Assert.Equal([2, 2], Loops(stored).Select(r => r.Collected));
        Assert.Equal([1, 2], Loops(recomputed).Select(r => r.Collected));
        Assert.Equal([1, 2], Loops(stored).Select(Products));
        Assert.Equal([1, 3], Loops(recomputed).Select(Products));
    }

    [Fact]
    public void A_loop_that_recomputes_is_seen_in_print_and_stays_one_through_passes_and_bounds()
    {
        Graph graph = GradientNetworks.Checkpointed(GradientNetworks.Forward("stack in a stack"), true);
        Assert.Contains("count=3 carried=1 sliced=6 collected=0 checkpoint", GraphPrinter.Print(graph));
        Func<Graph, Graph>[] readings =
            [Pipeline.Optimise, Pipeline.OptimiseExactly, g => HoistPrepare.Run(Pipeline.Optimise(g)).Main, g => Interval.Run(g), Tracing.Run, Tangent.Run];
        Assert.All(readings, reading => Assert.All(Loops(reading(graph)), r => Assert.True(r.Checkpoint)));
    }

    [Fact]
    public void Gradients_are_called_after_the_values_they_belong_to()
    {
        var s = new Sketch();
        Node x = s.Dense(s.Image(4), "a", 3);
        x.Label = "0";
        Node y = s.Relu(x);
        y.Label = "1.relu";
        Graph backward = Run(WithLoss(s, s.Dense(y, "b", 2)), "loss", "a.bias");
        Assert.Equal(["0", "1.relu", "1.relu'", "0'"], backward.Nodes.Where(n => n.Label is not null).Select(n => n.Label));
    }

    [Fact]
    public void A_network_deeper_than_the_threads_stack_has_gradients_at_a_cost_that_grows_with_it()
    {
        int Nodes(int depth)
        {
            var s = new Sketch();
            Node x = s.Image(2);
            Node y = s.Add(new Multiply(), x, s.Broadcast(s.Parameter("w", 2), x.Shape, 1));
            for (int i = 0; i < depth; i++)
            {
                y = s.Add(new Tanh(), s.Add(new Add(), y, x));
            }

            return Backward.Run(WithLoss(s, y), "loss", ["w"]).Nodes.Length;
        }

        Assert.Equal(Nodes(200) - Nodes(100), Nodes(50_000) - Nodes(49_900));
    }

    [Fact]
    public void Tangents_of_inputs_and_of_parameters_are_further_inputs()
    {
        var s = new Sketch();
        Node table = s.Parameter("table", 3, 2);
        Node y = s.Add(new Add(), s.Add(new Gather(), table, s.Indices(_b)), s.Image(2));
        Graph tangent = Tangent.Run(s.Graph(y));
        GraphVerifier.Verify(tangent);
        Assert.Equal(["x0", "x1", "tangent:x1", "tangent:table"], tangent.Inputs.Select(n => ((Input)n.Op).InputName));
        Assert.Equal(["y0", "tangent:y0"], tangent.Outputs.Select(o => o.Name));
    }

    private static Graph Run(Graph graph, string of, params string[] parameters)
    {
        Graph backward = Backward.Run(graph, of, parameters);
        GraphVerifier.Verify(backward);
        return backward;
    }

    /// <summary>The graph with outputs y and, the mean over the batch of the sum of its elements, loss.</summary>
    private static Graph WithLoss(Sketch s, Node y, params Node[] others)
    {
        Node sum = s.Add(new Reduce(Reduction.Sum, OpSamples.A([.. Enumerable.Range(0, y.Shape.Rank)])), y);
        Node loss = s.Add(new Divide(), sum, s.Add(new Extent(_b)));
        IEnumerable<GraphOutput> outputs = others.Select((n, i) => new GraphOutput($"other{i}", n));
        return new Graph(s.Graph(y).Inputs, [new("y", y), new("loss", loss), .. outputs]);
    }

    private static Graph WithLoss(Graph graph)
    {
        var builder = new GraphBuilder();
        var copies = new Dictionary<Node, Node>();
        foreach (Node node in graph.Inputs.Union(graph.Nodes))
        {
            copies[node] = builder.Add(node.Op, node.Inputs.Select(i => copies[i]).ToArray());
        }

        Node y = copies[graph.Outputs[0].Node];
        Node sum = builder.Add(new Reduce(Reduction.Sum, OpSamples.A([.. Enumerable.Range(0, y.Shape.Rank)])), y);
        return builder.Build([new("y", y), new("loss", builder.Add(new Divide(), sum, builder.Add(new Extent(_b))))]);
    }

    private static IEnumerable<Repeat> Loops(Graph graph) =>
        graph.Nodes.Select(n => n.Op).OfType<Repeat>().SelectMany(r => Loops(r.Body).Prepend(r));

    private static int Products(Repeat repeat) => repeat.Body.Nodes.Count(n => n.Op is MatMul);

    private sealed record Unruly : Primitive
    {
        public override string Name => "unruly";

        public override ImmutableArray<TensorType> Infer(ImmutableArray<TensorType> inputs) => inputs;

        public override ImmutableArray<DenseTensor> Evaluate(ImmutableArray<DenseTensor> inputs) => inputs;
    }
}
