using System.Collections.Immutable;
using DeepGen.Generator.Interpret;
using DeepGen.Generator.Ir;
using DeepGen.Generator.Ops;
using DeepGen.Generator.Tests.Ops;

namespace DeepGen.Generator.Tests.Interpret;

public sealed class IntervalTests
{
    private static readonly Size _b = Size.Batch;

    [Fact]
    public void Each_input_becomes_a_lower_and_an_upper_and_so_does_each_output()
    {
        var graph = new GraphBuilder();
        Node left = graph.Add(new Input(0, "left", TensorType.Float(_b, 3)));
        Node right = graph.Add(new Input(1, "right", TensorType.Float(_b, 3)));
        Graph bounds = Interval.Run(graph.Build([new("sum", graph.Add(new Add(), left, right)), new("left", left)]));
        Assert.Equal(["0 left.lower", "1 left.upper", "2 right.lower", "3 right.upper"], bounds.Inputs.Select(n => n.Op.Attributes));
        Assert.Equal(["sum.lower", "sum.upper", "left.lower", "left.upper"], bounds.Outputs.Select(o => o.Name));
    }

    [Fact]
    public void A_dense_layer_costs_two_products_one_of_them_with_the_absolute_weights()
    {
        var graph = new GraphBuilder();
        Node x = graph.Add(new Input(0, "x", TensorType.Float(_b, 8)));
        Node w = graph.Add(new Parameter("weight", Shape.Of(8, 4)));
        Graph bounds = Interval.Run(graph.Build([new("y", graph.Add(new MatMul(), x, w))]));
        var products = bounds.Nodes.Where(n => n.Op is MatMul).Select(n => n.Inputs[1]).ToArray();
        Assert.Equal(2, products.Length);
        Assert.Single(products, p => p.Op is Parameter);
        Assert.Single(products, p => p.Op is Abs && p.Inputs[0].Op is Parameter);
    }

    [Fact]
    public void What_depends_on_parameters_alone_is_computed_as_it_is_in_forward()
    {
        var graph = new GraphBuilder();
        Node x = graph.Add(new Input(0, "x", TensorType.Float(_b, 4)));
        Node scale = graph.Add(new Exp(), graph.Add(new Parameter("scale", Shape.Of(4))));
        Node wide = graph.Add(new Broadcast(x.Shape, OpSamples.A(1)), scale);
        Graph bounds = Interval.Run(graph.Build([new("y", graph.Add(new Multiply(), x, wide))]));
        Assert.Single(bounds.Nodes, n => n.Op is Exp);
    }

    [Fact]
    public void A_square_is_never_below_zero_and_a_product_with_another_value_may_be()
    {
        var graph = new GraphBuilder();
        Node x = graph.Add(new Input(0, "x", TensorType.Float(_b, 1)));
        Node y = graph.Add(new Input(1, "y", TensorType.Float(_b, 1)));
        Graph bounds = Interval.Run(graph.Build([new("square", graph.Add(new Multiply(), x, x)), new("product", graph.Add(new Multiply(), x, y))]));
        double[] values = Evaluate(bounds, -1, 2, -1, 2);
        Assert.Equal(0, values[0]);
        Assert.Equal(4, values[1], 1e-5);
        Assert.Equal(-2, values[2], 1e-5);
        Assert.Equal(4, values[3], 1e-5);
    }

    [Fact]
    public void Dividing_by_an_interval_with_zero_in_it_gives_no_bound()
    {
        var graph = new GraphBuilder();
        Node x = graph.Add(new Input(0, "x", TensorType.Float(_b, 1)));
        Node y = graph.Add(new Input(1, "y", TensorType.Float(_b, 1)));
        Graph bounds = Interval.Run(graph.Build([new("ratio", graph.Add(new Divide(), x, y))]));
        Assert.Equal([double.NegativeInfinity, double.PositiveInfinity], Evaluate(bounds, 1, 2, -1, 2));
        Assert.Equal([double.NegativeInfinity, double.PositiveInfinity], Evaluate(bounds, 1, 2, 0, 2));
        Assert.Equal(0.5, Evaluate(bounds, 1, 2, 1, 2)[0], 1e-5);
    }

    [Theory]
    [InlineData(-3, -2, 0)]
    [InlineData(-2, 1, 1)]
    [InlineData(-1, 3, 1)]
    [InlineData(1, 2, 0)]
    public void The_valley_of_gelu_counts_only_where_the_box_holds_it(double lower, double upper, int holdsIt)
    {
        var graph = new GraphBuilder();
        Node x = graph.Add(new Input(0, "x", TensorType.Float(_b, 1)));
        double[] y = Evaluate(Interval.Run(graph.Build([new("y", graph.Add(new Gelu(), x))])), lower, upper);
        double ends = Math.Min(new Gelu().Apply(lower, 0, 0), new Gelu().Apply(upper, 0, 0));
        Assert.Equal(holdsIt == 1 ? -0.16997 : ends, y[0], 1e-4);
    }

    [Fact]
    public void Comparisons_are_certain_only_where_intervals_are_apart()
    {
        var graph = new GraphBuilder();
        Node x = graph.Add(new Input(0, "x", TensorType.Float(_b, 1)));
        Node y = graph.Add(new Input(1, "y", TensorType.Float(_b, 1)));
        Node less = graph.Add(new Compare(Comparison.Less), x, y);
        Graph bounds = Interval.Run(graph.Build([new("less", less), new("chosen", graph.Add(new Select(), less, x, y))]));
        Assert.Equal([1, 1, 0, 1], Evaluate(bounds, 0, 1, 2, 3));
        Assert.Equal([0, 0, 1, 2], Evaluate(bounds, 2, 3, 1, 2));
        Assert.Equal([0, 1, 0, 3], Evaluate(bounds, 0, 2, 1, 3));
    }

    [Fact]
    public void A_repeat_becomes_one_repeat_that_carries_both_ends()
    {
        OpSample recurrent = OpSamples.All.Single(s => s.Title == "repeat, recurrent");
        Graph bounds = Interval.Run(recurrent.Build(asParameters: 0b1100));
        var repeat = (Repeat)bounds.Nodes.Single(n => n.Op is Repeat).Op;
        Assert.Equal((5, 2, 2, 2), (repeat.Count, repeat.Carried, repeat.Sliced, repeat.Collected));
        Assert.Equal(["h.lower", "h.upper", "x.lower", "x.upper", "w", "u"], repeat.Body.Inputs.Select(n => ((Input)n.Op).InputName));
    }

    [Fact]
    public void A_carried_value_starts_as_a_point_and_widens_with_the_first_iteration()
    {
        // h starts at a constant but depends on x from the first step on; the counter never does.
        var body = new GraphBuilder();
        Node h = body.Add(new Input(0, "h", TensorType.Float(_b, 2)));
        Node counter = body.Add(new Input(1, "counter", TensorType.Float(_b, 2)));
        Node x = body.Add(new Input(2, "x", TensorType.Float(_b, 2)));
        Node one = body.Add(new Broadcast(h.Shape, OpSamples.A()), body.Add(Constant.Of(1)));
        Graph loop = body.Build([new("h", body.Add(new Add(), counter, x)), new("counter", body.Add(new Add(), counter, one))]);
        var graph = new GraphBuilder();
        Node input = graph.Add(new Input(0, "x", TensorType.Float(_b, 2)));
        Node zero = graph.Add(new Broadcast(h.Shape, OpSamples.A()), graph.Add(Constant.Of(0)));
        Node repeat = graph.Add(new Repeat(loop, 4, 2, 0, 0), zero, zero, input);
        Graph bounds = Interval.Run(graph.Build([new("h", graph.Add(new Item(0), repeat)), new("counter", graph.Add(new Item(1), repeat))]));
        Assert.Equal(3, ((Repeat)bounds.Nodes.Single(n => n.Op is Repeat).Op).Carried);
        double[] values = Evaluate(bounds, [-1, 0], [1, 2]);
        Assert.Equal([2, 3], values[..2].Select(v => Math.Round(v, 4)));
        Assert.Equal([4, 5], values[2..4].Select(v => Math.Round(v, 4)));
        Assert.Equal([4, 4], values[4..6]);
    }

    [Fact]
    public void A_sum_too_long_for_float32_has_infinite_bounds()
    {
        Assert.Equal(double.PositiveInfinity, Rounding.Float32.Gamma(1 << 24));
        var graph = new GraphBuilder();
        Node x = graph.Add(new Input(0, "x", TensorType.Float(_b, 1)));
        Node wide = graph.Add(new Broadcast(Shape.Of(_b, 1, 1 << 20), OpSamples.A(0, 1)), x);
        Node ones = graph.Add(new Broadcast(Shape.Of(1 << 20, 1), OpSamples.A()), graph.Add(Constant.Of(1)));
        Graph bounds = Interval.Run(graph.Build([new("sum", graph.Add(new Reduce(Reduction.Sum, OpSamples.A(1, 2)), wide)), new("product", graph.Add(new MatMul(), wide, ones))]));
        Assert.All(Evaluate(bounds, 0, 1), v => Assert.True(double.IsInfinity(v)));
    }

    private static double[] Evaluate(Graph bounds, params double[] inputs) => Evaluate(bounds, [.. inputs.Select(v => new[] { v })]);

    private static double[] Evaluate(Graph bounds, params double[][] inputs) =>
        new FloatEvaluator(SummationOrder.FirstToLast, poorFunctions: false)
            .Evaluate(bounds, new Dictionary<string, int> { ["B"] = 1 }, i => new DenseTensor([1, inputs[i].Length], inputs[i]), _ => throw new InvalidOperationException())
            .SelectMany(t => t.Values)
            .ToArray();
}
